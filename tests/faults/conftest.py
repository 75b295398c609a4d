"""One process that serves the reference API with each fault and each choice, and runs of the engine against it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from errorcontract.fixtures.reference_api import load as reference_api

from errorcontract.cases import Build, Kit, Names, families, generators
from errorcontract.contract import load
from errorcontract.exchange import Secrets
from errorcontract.model import Contract, Finding
from errorcontract.run import Question, Run, Settings
from errorcontract.target import Target

FLEET = Path(__file__).parents[1] / "reference_api" / "fleet.py"
LONG, SHORT = 2, 1
"""Seconds of a rate limit's window: a fault may show in a long one only; for the others nobody waits longer."""

ISOLATED = ("burst", "lock-out")
SEEDS = range(20)


def combination(seed: int) -> list[str]:
    """Some choices at once, others for each seed; each choice has its turn."""
    names = [choice.name for choice in reference_api("oneclickdz").choices]
    chance = random.Random(seed)  # noqa: S311
    turn = [names[place % len(names)] for place in (2 * seed, 2 * seed + 1)]
    return list(dict.fromkeys([*turn, *chance.sample(names, chance.randint(1, 7))]))


def specifications() -> dict[str, dict[str, Any]]:
    """Every server by its name; "NAME burst" and "NAME lock-out" are for questions that would spoil others."""
    api = reference_api("oneclickdz")
    specs: dict[str, dict[str, Any]] = {"plain": {}} | {
        f"fault {fault.name}": {"fault": fault.name} for fault in api.faults
    }
    specs |= {f"choice {choice.name}": {"choices": [choice.name]} for choice in api.choices}
    specs |= {f"seed {seed}": {"choices": combination(seed)} for seed in SEEDS}
    limited = {f"{name} burst": spec | {"rate_limit": f"5/{window(name)}second"} for name, spec in specs.items()}
    return specs | limited | {f"{name} lock-out": spec for name, spec in specs.items()}


def window(server: str) -> int:
    return LONG if server.startswith("fault") else SHORT


@pytest.fixture(scope="session")
def urls() -> Iterator[Mapping[str, str]]:
    """Start the servers and give their addresses by name."""
    command = [sys.executable, str(FLEET), "errorcontract.fixtures.reference_api"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(specifications()) + "\n")
        process.stdin.flush()
        ports = json.loads(process.stdout.readline())
        yield {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
        process.kill()


@pytest.fixture(scope="session")
def chosen() -> Callable[[int], list[str]]:
    return combination


@pytest.fixture(scope="session")
def contract() -> Contract:
    return load("oneclickdz")


@pytest.fixture(scope="session")
def questions(contract: Contract) -> Callable[[Sequence[str]], list[Question]]:
    """The questions of families, in their order, as the plugin collects them."""
    kit = Kit(Build(contract, Names(run="rehearsal", returned={"balance": 1.0})), local=True, limit=(5, 1.0))
    made: dict[str, list[str]] = {}

    def concerned(family: str) -> list[str]:
        if family in generators():
            return [one.id for one in contract.operations.values() if generators()[family].concerns(one)]
        return [case.operation or "-" for case in families()[family](kit)]

    def asked(names: Sequence[str]) -> list[Question]:
        for name in names:
            made.setdefault(name, list(dict.fromkeys(concerned(name))))
        return [Question(contract.name, name, operation) for name in names for operation in made[name]]

    return asked


@pytest.fixture
def findings_on(
    urls: Mapping[str, str], contract: Contract, questions: Callable[[Sequence[str]], list[Question]], tmp_path: Path
) -> Callable[..., Iterator[Finding]]:
    """Runs families against a server, and gives each finding once it is there."""

    def found(server: str, names: Sequence[str], *, seed: int = 0, budget: int | None = None) -> Iterator[Finding]:
        def isolated(family: str) -> Target | None:
            return target(urls[f"{server} {family}"]) if family in ISOLATED else None

        settings = Settings(
            journal=tmp_path / "journal.ndjson",
            secrets=Secrets(values={"ERRORCONTRACT_TOKEN": "sandbox-key"}),
            seed=seed,
            budget=budget,
            limit=(5, float(window(server))),
        )
        run = Run(contract, target(urls[server]), settings, isolated)
        asked = questions(names)
        run.start(asked)
        told = 0
        try:
            for question in asked:
                run.ask(question, question.family)
                yield from list(run.findings.all.values())[told:]
                told = len(run.findings.all)
        finally:
            run.close(complete=True)

    return found


def target(url: str) -> Target:
    return Target(url=url, local=True, embedded=True)
