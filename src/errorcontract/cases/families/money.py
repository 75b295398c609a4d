"""Does the ledger add up, and an account never pay more than it holds?"""

from __future__ import annotations

import math
from collections.abc import Iterator

from errorcontract.cases.kit import Kit, once, steps
from errorcontract.cases.promises import accepted, either, rejected
from errorcontract.cases.refused import with_member
from errorcontract.cases.tables import amount
from errorcontract.model import Case, Operation, Step

_AT_ONCE = 4
_FEW = 8
"""Orders that empty an account and still leave most of a small budget."""


def cases(kit: Kit) -> Iterator[Case]:
    """Different orders at once; then spending until the account is empty."""
    if kit.contract.ledger is None:
        return
    for rank, operation in enumerate(kit.charging()):
        yield from _side_by_side(kit, operation, rank)
    yield from _overdraft(kit)


def _side_by_side(kit: Kit, operation: Operation, rank: int) -> Iterator[Case]:
    """Several different orders at once: each is done, and each is paid."""
    good = operation.good[0]
    if good.cost is None or operation.reference is None:
        return
    promise = accepted(kit.build, good)
    orders = Step(name="orders", make=once(lambda: kit.build.request(operation.id)), promise=promise, copies=_AT_ONCE)
    story = steps(kit.balance_step("balance-before"), orders, kit.balance_step("balance-after"))
    yield kit.story(
        "money", operation.id, "different orders at once", story, about="side-by-side", tells=75 - 14 * rank, alone=True
    )


def _overdraft(kit: Kit) -> Iterator[Case]:
    """Spend the largest amount until the next one can't be paid. The balance decides how many requests that takes."""
    biggest = _biggest(kit)
    balance = kit.build.names.returned.get("balance")
    if biggest is None or balance is None or "insufficient-balance" not in kit.contract.causes:
        return
    operation, place, value = biggest
    times = math.floor(balance / value)
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
    )
    yield kit.story(
        "money",
        operation.id,
        "more than the balance",
        story,
        about="overdraft",
        cause="insufficient-balance",
        tells=84 if times <= _FEW else 5,
        alone=True,
        notes={"spends": times},
    )


def _corrected(kit: Kit, operation: Operation, place: str) -> Step | None:
    """The order that was too much once more, with its reference, for as little as an order may cost."""
    field = next(field for field in operation.fields if field.place == place)
    smallest = dict(amount.bounds(field)).get("the smallest allowed")
    if operation.reference is None or smallest is None:
        return None
    return Step(
        name="corrected",
        make=lambda answers: with_member(kit, answers["too-much"].request, place, smallest),
        promise=either("corrected"),
    )


def _biggest(kit: Kit) -> tuple[Operation, str, float] | None:
    found = [
        (operation, field.place, dict(amount.bounds(field))["the largest allowed"])
        for operation in kit.charging()
        for field in operation.fields
        if field.kind == "amount" and field.maximum is not None
    ]
    return max(found, key=lambda item: item[2], default=None)
