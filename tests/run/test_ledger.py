"""Sequences find what only a history shows, and tell it by the fewest calls that show it."""

from __future__ import annotations

import itertools
import json
import subprocess
from collections.abc import Callable, Sequence

import pytest

from errorcontract.exchange import Secrets
from errorcontract.model import Finding
from errorcontract.run import Question, Run, Settings
from errorcontract.target import Target

KEY = "sandbox-key"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "ERRORCONTRACT_TOKEN": KEY}
FEWEST = {
    "charge-lost-after-a-refused-amount": ["call", "balance", "call", "balance"],
    "refused-amount-taken-with-the-next": ["call", "balance", "call", "balance"],
    "duplicate-charged-after-another-service": ["call", "call", "balance", "call", "balance"],
    "third-small-order-charged-twice": ["balance", "call", "call", "call", "balance"],
    "reference-forgotten-after-others": ["call", "call", "call", "call"],
    "newest-order-lost-by-a-duplicate": ["call", "call", "call", "look-up"],
    "first-order-shows-the-last-amount": ["call", "call", "look-up"],
    "charged-twice": ["balance", "call", "balance"],
    "refused-duplicate-charged": ["call", "balance", "call", "balance"],
}
"""The calls and looks that it takes at least to see a fault."""
DOUBLE_CHARGES = ("charged-twice", "refused-duplicate-charged", "reference-forgotten-after-others")


@pytest.fixture
def told_by(contract, serve, tmp_path) -> Callable[..., tuple[list[Finding], list[str], int]]:
    """What the sequences of one operation find at a reference API, what the run notes, and how much it sent."""
    numbers = itertools.count()

    def told(fault: str | None, *options: str, seed: int = 0, budget: int | None = None, url: str | None = None):
        journal = tmp_path / f"journal-{next(numbers)}.ndjson"
        settings = Settings(
            journal=journal, secrets=Secrets(values={"ERRORCONTRACT_TOKEN": KEY}), seed=seed, budget=budget
        )
        target = Target(url=url or serve(fault, *options), local=True, embedded=True)
        run = Run(contract, target, settings, lambda _: None)
        question = Question(contract.name, "ledger", "sendTopUp")
        run.start([question])
        run.ask(question, "ledger")
        run.close(complete=True)
        lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
        notes = [line["text"] for line in lines if line["type"] == "note"]
        return list(run.findings.all.values()), notes, run.stage.sent

    return told


def steps(finding: Finding) -> Sequence[str]:
    names = (one.step for one in finding.exchanges)
    return ["look-up" if name.startswith("look-up") else name.partition("-")[0] for name in names]


@pytest.mark.parametrize("fault", FEWEST)
def test_a_fault_is_told_by_the_fewest_calls_that_show_it(told_by, fault):
    findings, _, _ = told_by(fault)
    assert {one.rule for one in findings} == {"ledger-agrees"}
    assert steps(findings[0]) == FEWEST[fault]


@pytest.mark.parametrize("fault", DOUBLE_CHARGES)
def test_so_it_is_with_ten_other_seeds(told_by, fault):
    told = [[steps(one) for one in told_by(fault, seed=seed)[0]] for seed in range(1, 11)]
    assert told == [[FEWEST[fault]]] * 10


def test_the_same_seed_finds_the_same(told_by):
    first, again = (told_by("first-order-shows-the-last-amount", seed=4)[0] for _ in range(2))
    assert [(one.id, steps(one), one.summary) for one in first] == [
        (one.id, steps(one), one.summary) for one in again
    ]


def test_what_another_question_found_already_is_not_told_twice(findings_at, serve):
    rules = [one.rule for one in findings_at(serve("refused-duplicate-charged"), ["references", "ledger"])]
    assert "rejected-leaves-no-trace" in rules
    assert "ledger-agrees" not in rules


@pytest.mark.parametrize("choice", ["account-shared", "orders-refunded"])
def test_a_balance_that_moves_by_itself_is_noted_and_accuses_nobody(told_by, choice):
    findings, notes, _ = told_by(None, "--choice", choice)
    assert findings == []
    assert any("not judged" in note for note in notes)


def test_references_of_each_service_accuse_nobody(told_by):
    assert told_by(None, "--choice", "references-per-service")[:2] == ([], [])


def test_a_budget_that_ends_in_the_middle_is_kept_and_accuses_nobody(told_by):
    findings, _, sent = told_by(None, budget=100)
    assert findings == []
    assert 60 < sent <= 100


def test_the_printed_commands_show_it_again(told_by, serve):
    url = serve("refused-duplicate-charged")
    [found] = told_by(None, url=url)[0]
    again, conforming = (balances(found.curl.replace(url, one)) for one in (url, serve()))
    assert again[0] - again[1] > 0
    assert conforming[0] == conforming[1]
    assert KEY not in found.curl


def balances(script: str) -> list[float]:
    command = ["/usr/bin/bash", "-c", script]
    done = subprocess.run(command, capture_output=True, env=ENVIRONMENT, timeout=120, check=True)
    bodies = [json.loads(line) for line in done.stdout.decode().splitlines() if line.startswith("{")]
    return [body["data"]["balance"] for body in bodies if "balance" in body.get("data", {})]
