"""Refused requests between two looks at the balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from errorcontract.cases.kit import Kit, steps
from errorcontract.model import Case, Operation, Outcome

_AT_A_TIME = 9
_WORTH_WATCHING = 76
_FEW = 3
"""So few values are asked sooner without the looks, which cost nearly as much; less telling ones are watched then."""


def watched(
    kit: Kit, operation: Operation, family: str, cases: Sequence[Case], *, kinds: bool = False
) -> Iterator[Case]:
    """The cases of an operation; where it costs money, the most telling refusals are a story, the balance around it.

    `kinds`: they are values of fields, not situations of which each may move money in its own way.
    """
    if operation.effect != "charge" or kit.contract.ledger is None:
        yield from cases
        return
    refused = [case for case in cases if case.steps[0].promise.outcome is Outcome.REJECTED]
    chosen = _chosen(sorted(refused, key=lambda case: -case.tells), _FEW if kinds else 0)
    if chosen:
        yield _story(kit, operation, family, chosen)
    yield from (case for case in cases if case not in chosen)


def _chosen(refused: Sequence[Case], few: int) -> Sequence[Case]:
    telling = [case for case in refused if case.tells >= _WORTH_WATCHING]
    return (telling if len(telling) > few else refused[len(telling) :])[:_AT_A_TIME]


def _story(kit: Kit, operation: Operation, family: str, chosen: Sequence[Case]) -> Case:
    refused = [replace(case.steps[0], name=f"refused-{number + 1}") for number, case in enumerate(chosen)]
    story = steps(kit.balance_step("balance-before"), *refused, kit.balance_step("balance-after"))
    return kit.story(
        family,
        operation.id,
        f"{len(refused)} refusals and the balance",
        story,
        about="no-trace",
        independent=True,
        tells=chosen[len(chosen) // 2].tells,
        alone=True,
    )
