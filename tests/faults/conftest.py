"""For each contract one process that serves its reference API with each fault and each choice, and runs against it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
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
SWEEP = os.environ.get("ERRORCONTRACT_SWEEP") == "1"
"""Set by `tox -e sweep`: every fault, every choice, every seed. Else some stand for the others."""

ALL_SEEDS = range(21)
SEEDS = ALL_SEEDS if SWEEP else ALL_SEEDS[::5]


EXCLUDED_BY = {"quota-failure-only": ("quota-limit-only",)}
"""Choices that are no choice beside another one: together they leave out what each alone keeps."""


def combination(contract: str, seed: int) -> list[str]:
    """Some choices at once, others for each seed; each choice has its turn."""
    names = [choice.name for choice in reference_api(contract).choices]
    chance = random.Random(seed)  # noqa: S311
    turn = [names[place % len(names)] for place in (2 * seed, 2 * seed + 1)]
    drawn = dict.fromkeys([*turn, *chance.sample(names, chance.randint(1, min(7, len(names))))])
    return [name for name in drawn if not any(other in drawn for other in EXCLUDED_BY.get(name, ()))]


def window(server: str) -> int:
    return LONG if server.startswith("fault") else SHORT


def specifications(contract: Contract) -> dict[str, dict[str, Any]]:
    """Every server by its name; "NAME burst" and "NAME lock-out" are for questions that would spoil others."""
    api = reference_api(contract.name)
    specs: dict[str, dict[str, Any]] = {"plain": {}} | {
        f"fault {fault.name}": {"fault": fault.name} for fault in api.faults
    }
    specs |= {f"choice {choice.name}": {"choices": [choice.name]} for choice in api.choices}
    specs |= {f"seed {seed}": {"choices": combination(contract.name, seed)} for seed in ALL_SEEDS}
    more: dict[str, dict[str, Any]] = {}
    if contract.rate_limit:
        more |= {f"{name} burst": spec | {"rate_limit": f"5/{window(name)}second"} for name, spec in specs.items()}
    if contract.credentials and contract.credentials.lock_out:
        more |= {f"{name} lock-out": spec for name, spec in specs.items()}
    return specs | more


@dataclass(frozen=True)
class Fleet:
    """The servers of one contract, by name."""

    contract: Contract
    process: subprocess.Popen[str]
    urls: Mapping[str, str]

    @cached_property
    def kit(self) -> Kit:
        return Kit(Build(self.contract, Names(run="rehearsal", returned={"balance": 1.0})), local=True, limit=(5, 1.0))

    @cached_property
    def concerned(self) -> dict[str, list[str]]:
        return {}

    def questions(self, names: Sequence[str]) -> list[Question]:
        """The questions of families, in their order, as the plugin collects them."""
        for name in names:
            self.concerned.setdefault(name, list(dict.fromkeys(self._operations(name))))
        return [
            Question(self.contract.name, name, operation) for name in names for operation in self.concerned[name]
        ]

    def _operations(self, family: str) -> list[str]:
        if family in generators():
            return [one.id for one in self.contract.operations.values() if generators()[family].concerns(one)]
        return [case.operation or "-" for case in families()[family](self.kit)]

    def secrets(self) -> Secrets:
        means = self.contract.credentials
        assert means is not None
        others = {one.environment: str(one.test_value) for one in means.others.values()}
        return Secrets(values={"ERRORCONTRACT_TOKEN": str(means.test_value), **others})

    def isolated(self, server: str, family: str) -> Target | None:
        url = self.urls.get(f"{server} {family}")
        return target(url) if url and family in ISOLATED else None


def started(name: str) -> Fleet:
    contract = load(name)
    command = [sys.executable, str(FLEET), "errorcontract.fixtures.reference_api", name]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(specifications(contract)) + "\n")
    process.stdin.flush()
    ports = json.loads(process.stdout.readline())
    return Fleet(contract, process, {server: f"http://127.0.0.1:{port}" for server, port in ports.items()})


@pytest.fixture(scope="session")
def fleet() -> Iterator[Callable[[str], Fleet]]:
    """Starts the servers of a contract when they are first asked."""
    running: dict[str, Fleet] = {}

    def give(name: str) -> Fleet:
        if name not in running:
            running[name] = started(name)
        return running[name]

    yield give
    for one in running.values():
        one.process.kill()
        one.process.communicate()


@pytest.fixture
def findings_on(fleet: Callable[[str], Fleet], tmp_path: Path) -> Callable[..., Iterator[Finding]]:
    """Runs families against a server of a contract, and gives each finding once it is there."""

    def found(
        contract: str, server: str, names: Sequence[str], *, seed: int = 0, budget: int | None = None
    ) -> Iterator[Finding]:
        ships = fleet(contract)
        settings = Settings(
            journal=tmp_path / "journal.ndjson",
            secrets=ships.secrets(),
            seed=seed,
            budget=budget,
            limit=(5, float(window(server))) if ships.contract.rate_limit else None,
        )
        run = Run(ships.contract, target(ships.urls[server]), settings, lambda family: ships.isolated(server, family))
        asked = ships.questions(names)
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
