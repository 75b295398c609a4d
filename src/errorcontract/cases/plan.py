"""Spends the budget of a run on the cases that tell most."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from errorcontract.model import Case

Question = TypeVar("Question", bound=Hashable)

MOST_GENERATED = 4200
"""Requests for generated cases in a run without a budget: a dozen operations use all they can, many share it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one question gets: the cases to play, those the budget left out, and requests for generated ones."""

    cases: tuple[Case, ...] = ()
    unsent: tuple[Case, ...] = ()
    generated: int = 0


def allot(
    asked: Mapping[Question, Sequence[Case]], generating: Mapping[Question, int], budget: int | None
) -> dict[Question, Share]:
    """Divide a budget among questions. `generating`: the requests that generated cases of a question would use.

    What prepared cases leave of a budget goes to generated ones. Without a budget these are sent as many requests as
    they would use, but for a contract of so many operations that it would take minutes. The same questions, cases and
    budget always give the same shares.
    """
    chosen = _chosen([case for cases in asked.values() for case in cases], budget)
    left = None if budget is None else budget - sum(case.cost for case in chosen.values())
    wanted = sum(generating.values())
    rate = _rate(wanted, left)
    shares = {question: _share(cases, chosen) for question, cases in asked.items()}
    return shares | {question: Share(generated=int(number * rate)) for question, number in generating.items()}


def _rate(wanted: int, left: int | None) -> float:
    if wanted == 0:
        return 1.0
    return min(1.0, MOST_GENERATED / wanted) if left is None else max(0, left) / wanted


def _chosen(cases: Sequence[Case], budget: int | None) -> dict[str, Case]:
    left = budget
    chosen: dict[str, Case] = {}
    for case in sorted(cases, key=lambda case: (-case.tells, case.id)):
        if left is None or case.cost <= left:
            chosen[case.id] = case
            left = None if left is None else left - case.cost
    return chosen


def _share(cases: Sequence[Case], chosen: Mapping[str, Case]) -> Share:
    return Share(
        cases=tuple(case for case in cases if case.id in chosen),
        unsent=tuple(case for case in cases if case.id not in chosen),
    )
