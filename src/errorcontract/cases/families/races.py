"""Does a reference that comes several times at once have exactly one effect?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from errorcontract.cases.kit import Kit, once, steps
from errorcontract.cases.promises import rejected
from errorcontract.model import Case, Operation, Outcome, Step

_AT_ONCE = 8


def cases(kit: Kit) -> Iterator[Case]:
    """Eight at once, twice for the first operation."""
    for rank, operation in enumerate(kit.referencing()):
        for round_ in range(2):
            yield _race(kit, operation, f"{_AT_ONCE} at once, round {round_ + 1}", 88 - 24 * rank - 30 * round_)


def _race(kit: Kit, operation: Operation, variant: str, tells: int) -> Case:
    reference = kit.build.names.reference()
    change = {str(operation.reference): reference}
    duplicate = rejected(kit.contract, "duplicate-reference")
    promise = replace(duplicate, outcome=Outcome.EITHER)
    cost = kit.good_step("cost", operation.id).promise.cost
    racing = Step(
        name="racing",
        make=once(lambda: kit.build.request(operation.id, change=change)),
        copies=_AT_ONCE,
        promise=replace(promise, cost=cost),
    )
    story = steps(
        kit.balance_step("balance-before"),
        racing,
        kit.balance_step("balance-after"),
        kit.look_up_step(operation, reference),
    )
    return kit.story(
        "races",
        operation.id,
        variant,
        story,
        about="race",
        cause="duplicate-reference",
        tells=tells,
        alone=True,
        notes={"reference": reference},
    )
