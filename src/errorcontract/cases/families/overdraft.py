"""Does an account never pay more than it holds, one order after the other or several at once?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from errorcontract.cases.fields import good_value
from errorcontract.cases.kit import Kit, once, steps
from errorcontract.cases.promises import either, rejected
from errorcontract.cases.refused import with_member
from errorcontract.cases.tables import amount
from errorcontract.model import (
    Answers,
    Case,
    Operation,
    Request,
    Step,
    answer_of,
    number_of,
    resolve,
    written_like,
)

_FEW = 8
"""Orders that empty an account and still leave most of a small budget."""
_MANY = 10_000
"""Orders that no run can send."""
_RUSH = 6
_SHARE = 0.6
"""Of what is left for each of the orders that come together: one can be paid, two can't."""


def cases(kit: Kit) -> Iterator[Case]:
    """Spend the largest amount until the next one can't be paid. The balance decides how many requests that takes."""
    biggest = _biggest(kit) if kit.contract.ledger else None
    balance = kit.build.names.returned.get("balance")
    if biggest is None or balance is None or "insufficient-balance" not in kit.contract.causes:
        return
    operation, place, value = biggest
    times = math.floor(balance / (number_of(value) or math.inf))
    if times > _MANY:
        return
    spend = once(lambda: kit.build.request(operation.id, change={place: value}))
    good = kit.good_step("cost", operation.id).promise
    spending = [Step(name=f"spend-{number + 1}", make=spend, promise=good) for number in range(times)]
    last = Step(name="too-much", make=spend, promise=rejected(kit.contract, "insufficient-balance"))
    story = steps(
        *spending,
        kit.balance_step("balance-before"),
        last,
        kit.balance_step("balance-after"),
        _corrected(kit, operation, place),
        kit.balance_step("balance-left"),
        _rush(kit, operation, place),
        kit.balance_step("balance-end"),
    )
    yield kit.story(
        "overdraft",
        operation.id,
        "more than the balance",
        story,
        about="overdraft",
        cause="insufficient-balance",
        tells=84 if times <= _FEW else 5,
        alone=True,
        notes={"spends": times},
    )


def _rush(kit: Kit, operation: Operation, place: str) -> Step:
    """Orders at once that each take more than half of what is left, as far as an order may be so small."""
    field = next(field for field in operation.fields if field.place == place)

    def made(answers: Answers) -> Request | None:
        pointer = kit.contract.ledger.pointer if kit.contract.ledger else ""
        left = number_of(resolve(answer_of(answers.get("balance-left")), pointer))
        if left is None:
            return None
        smallest, largest = field.minimum or 1, field.maximum or left
        value = max(math.ceil(smallest), math.floor(left * _SHARE))
        if value > min(left, largest):
            return None
        return kit.build.request(operation.id, change={place: written_like(good_value(kit, operation, field), value)})

    return Step(name="rush", make=made, promise=either("rush"), copies=_RUSH, optional=True)


def _corrected(kit: Kit, operation: Operation, place: str) -> Step | None:
    """The order that was too much once more, with its reference, for as little as an order may cost."""
    field = next(field for field in operation.fields if field.place == place)
    smallest = dict(amount.bounds(field, good_value(kit, operation, field))).get("the smallest allowed")
    if operation.reference is None or smallest is None:
        return None
    return Step(
        name="corrected",
        make=lambda answers: with_member(kit, answers["too-much"].request, place, smallest),
        promise=either("corrected"),
    )


def _biggest(kit: Kit) -> tuple[Operation, str, Any] | None:
    found = [
        (operation, field.place, value)
        for operation in kit.charging()
        for field in operation.fields
        for name, value in (amount.bounds(field, good_value(kit, operation, field)) if field.kind == "amount" else ())
        if name == "the largest allowed"
    ]
    return max(found, key=lambda item: number_of(item[2]) or 0, default=None)
