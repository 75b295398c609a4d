"""Runs of the engine against reference APIs with planted faults."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from errorcontract.cases import Build, Kit, Names, families, generators
from errorcontract.contract import load
from errorcontract.embedded import Embedded
from errorcontract.exchange import Secrets
from errorcontract.model import Contract, Finding
from errorcontract.run import Question, Run, Settings
from errorcontract.target import Target

KEY = "sandbox-key"


@pytest.fixture(scope="session")
def contract() -> Contract:
    return load("oneclickdz")


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Starts a reference API of its own and gives its address."""
    running: list[Embedded] = []

    def started(fault: str | None = None, *options: str) -> str:
        running.append(Embedded("oneclickdz", [*(["--fault", fault] if fault else []), *options]))
        return running[-1].url

    yield started
    for one in running:
        one.stop()


@pytest.fixture(scope="session")
def questions(contract: Contract) -> Callable[[Sequence[str]], list[Question]]:
    """The questions of families."""
    kit = Kit(Build(contract, Names(run="rehearsal", returned={"balance": 1.0})), local=True)

    def asked(names: Sequence[str]) -> list[Question]:
        found: dict[Question, None] = {}
        for name in names:
            operations = (
                [one.id for one in contract.operations.values() if generators()[name].concerns(one)]
                if name in generators()
                else [case.operation or "-" for case in families()[name](kit)]
            )
            found |= {Question(contract.name, name, operation): None for operation in operations}
        return list(found)

    return asked


@pytest.fixture
def findings_at(
    contract: Contract, questions: Callable[[Sequence[str]], list[Question]], tmp_path: Path
) -> Callable[..., list[Finding]]:
    """All that a run of some families finds."""
    numbers = itertools.count()

    def found(
        url: str, names: Sequence[str], *, backwards: bool = False, budget: int | None = None, seed: int = 0
    ) -> list[Finding]:
        settings = Settings(
            journal=tmp_path / f"journal-{next(numbers)}.ndjson",
            secrets=Secrets(values={"ERRORCONTRACT_TOKEN": KEY}),
            seed=seed,
            budget=budget,
        )
        run = Run(contract, Target(url=url, local=True, embedded=True), settings, lambda _: None)
        asked = questions(names)[:: -1 if backwards else 1]
        run.start(asked)
        for question in asked:
            run.ask(question, question.family)
        run.close(complete=True)
        return list(run.findings.all.values())

    return found
