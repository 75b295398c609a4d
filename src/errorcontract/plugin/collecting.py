"""From suites to questions: one test item asks one question of one operation."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from errorcontract.plugin.session import harness_of
from errorcontract.run import Question

_TURNS = {
    "credentials": -2,
    "success": -1,
    **dict.fromkeys(("limited", "money", "races"), 1),
    **dict.fromkeys(("combinations", "fuzz", "ledger", "openapi"), 2),
    "overdraft": 3,
    "poverty": 4,
    "burst": 5,
    "lock-out": 6,
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a suite's test one item for each contract and operation that its question concerns."""
    marker = metafunc.definition.get_closest_marker("asks")
    if "promises" not in metafunc.fixturenames or marker is None:
        return
    harness = harness_of(metafunc.config)
    questions = [question for family in marker.args for question in (harness.tested.asked(family) if harness else [])]
    metafunc.parametrize("promises", questions, indirect=True, ids=[_name(question) for question in questions])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One contract after the other; for each, prepared cases first, then generated ones, last what spoils the target.

    Credentials come before anything that empties a stock or an account: an empty one refuses a wrong credential too.
    What one request does comes before what several do at once: what it shows by itself is not told of them again.
    """
    items[:] = [item for item in items if item.get_closest_marker("asks") is None or _question(item)]
    harness = harness_of(config)
    contracts = list(harness.contracts) if harness else []
    items.sort(key=lambda item: _turn(_question(item), contracts))


def _turn(question: Question | None, contracts: Sequence[str]) -> tuple[int, int]:
    if question is None:
        return -1, 0
    return contracts.index(question.contract), _TURNS.get(question.family, 0)


def _question(item: pytest.Item) -> Question | None:
    spec = getattr(item, "callspec", None)
    question = spec.params.get("promises") if spec else None
    return question if isinstance(question, Question) else None


def _name(question: Question) -> str:
    return f"{question.contract}-{question.operation}" if question.operation != "-" else question.contract


def pytest_collection_finish(session: pytest.Session) -> None:
    """Note the questions that are left after any selection: the budget is divided among these."""
    harness = harness_of(session.config)
    if harness is None:
        return
    for item in session.items:
        question = _question(item)
        if question is not None:
            harness.questions.setdefault(question.contract, []).append(question)
    harness.folder.plan(harness.questions)
