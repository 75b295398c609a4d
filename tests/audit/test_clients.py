"""The sample client keeps to what every contract asks of callers; each faulty twin breaks its rule and no other."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from itertools import count

import pytest
from errorcontract.fixtures.clients import CHOICES, FAULTS

from errorcontract.audit import Command, Plays, Script, cases
from errorcontract.contract import bundled
from errorcontract.findings import severity
from errorcontract.model import Contract
from errorcontract.rules import Judge, client_rules
from errorcontract.run.audit import case_of, trace_of

RULES = sorted({fault.rule for fault in FAULTS.values()})
TOGETHER = 6


def some(contract: Contract) -> list[Script]:
    """All cases, but one code only of those that come with one status and are to be taken alike: a run plays all."""
    kept: dict[tuple[object, ...], Script] = {}
    for script in cases(contract):
        say = script.says[0]
        stance = contract.retry_policy.after(say.code, say.status)
        alike = (say.status, stance and stance.again) if script.family == "client-codes" else (script.id,)
        kept.setdefault(alike, script)
    return list(kept.values())


def command(contract: str, fault: str | None) -> Command:
    words = [sys.executable, "-m", "errorcontract.fixtures.clients.reference", "--contract", contract]
    return Command(text=" ".join([*words, *(["--fault", fault] if fault else []), "{url}"]))


@pytest.fixture
def audited(voice):
    """What the rules say of clients, each a contract and the name of a twin, None for the sample client itself."""

    async def one(contract, fault, turn):
        async with turn:
            plays = Plays(voice=voice(contract), command=command(contract, fault))
            return await plays.all(some(plays.voice.contract)), plays.usual

    async def every(clients):
        turn = asyncio.Semaphore(TOGETHER)
        return await asyncio.gather(*(one(contract, fault, turn) for contract, fault in clients))

    def told(*clients):
        found = {}
        for (contract, fault), (played, usual) in zip(clients, asyncio.run(every(clients)), strict=True):
            judge = Judge(voice(contract).contract, client_rules())
            found[contract, fault] = {
                (rule.id, severity(breach), breach.observed)
                for one in played.values()
                for rule, breach in judge.judge(story(one, usual))
                if breach and severity(breach)
            }
        return found

    return told


def story(played, usual):
    conduct = replace(played.conduct, usual=usual)
    return trace_of(replace(played, conduct=conduct), case_of(played.script), count(1))


def test_the_sample_client_keeps_every_promise_of_every_contract(audited):
    clients = [(contract, None) for contract in bundled()]
    assert audited(*clients) == {client: set() for client in clients}


def test_what_is_another_legal_way_is_no_breach(audited):
    clients = [("oneclickdz", name) for name in CHOICES]
    assert audited(*clients) == {client: set() for client in clients}


@pytest.mark.parametrize("rule", RULES)
def test_each_twin_breaks_its_rule_and_no_other(audited, rule):
    clients = [(fault.contracts[0], fault.name) for fault in FAULTS.values() if fault.rule == rule]
    for client, found in audited(*clients).items():
        assert {broken for broken, _, _ in found} == {rule}, client


def test_every_client_rule_has_a_twin():
    assert set(RULES) == {rule.id for rule in client_rules()}
