"""Does the ledger add up, and an account never pay more than it holds?"""

from __future__ import annotations

import math
from collections.abc import Iterator

from errorcontract.cases.kit import Kit, once, steps
from errorcontract.cases.promises import accepted, rejected
from errorcontract.cases.tables import amount
from errorcontract.model import Case, Operation, Step

_AT_ONCE = 8


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
        "money", operation.id, "different orders at once", story, about="side-by-side", tells=67 - 14 * rank, alone=True
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
    story = steps(*spending, kit.balance_step("balance-before"), last, kit.balance_step("balance-after"))
    yield kit.story(
        "money",
        operation.id,
        "more than the balance",
        story,
        about="overdraft",
        cause="insufficient-balance",
        tells=5,
        alone=True,
        notes={"spends": times},
    )


def _biggest(kit: Kit) -> tuple[Operation, str, float] | None:
    found = [
        (operation, field.place, dict(amount.bounds(field))["the largest allowed"])
        for operation in kit.charging()
        for field in operation.fields
        if field.kind == "amount" and field.maximum is not None
    ]
    return max(found, key=lambda item: item[2], default=None)
