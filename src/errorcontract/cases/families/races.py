"""Does a reference that comes several times at once have exactly one effect?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from errorcontract.cases.kit import Kit, once, steps
from errorcontract.cases.promises import rejected
from errorcontract.model import Case, Operation, Outcome, Step

_AT_ONCE = (4, 12)


def cases(kit: Kit) -> Iterator[Case]:
    """A few at once, then more."""
    for rank, operation in enumerate(kit.referencing()):
        for round_, number in enumerate(_AT_ONCE):
            yield _race(kit, operation, number, 88 - 24 * rank - 30 * round_)


def _race(kit: Kit, operation: Operation, number: int, tells: int) -> Case:
    reference = kit.build.reference(operation)
    change = {str(operation.reference): reference}
    duplicate = rejected(kit.contract, "duplicate-reference")
    promise = replace(duplicate, outcome=Outcome.EITHER)
    cost = kit.good_step("cost", operation.id).promise.cost
    racing = Step(
        name="racing",
        make=once(lambda: kit.build.request(operation.id, change=change)),
        copies=number,
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
        f"{number} at once",
        story,
        about="race",
        cause="duplicate-reference",
        tells=tells,
        alone=True,
        notes={"reference": reference},
    )
