"""Does what the documents allow succeed, cost what it should and answer what it promises?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from errorcontract.cases.kit import Kit, steps
from errorcontract.cases.tables import amount
from errorcontract.model import Case, Field, Good, Operation


def cases(kit: Kit) -> Iterator[Case]:
    """Every good request of every operation, and the outermost allowed amounts."""
    for operation in kit.contract.operations.values():
        for rank, good in enumerate(_goods(operation)):
            yield _case(kit, operation, good, rank)


def _goods(operation: Operation) -> Iterator[Good]:
    yield from operation.good
    for number, good in enumerate(operation.good):
        for field in operation.fields:
            if field.kind == "amount" and (number == 0 or _pays(good, field)):
                yield from (_at_bound(good, field, *bound) for bound in amount.bounds(field))


def _pays(good: Good, field: Field) -> bool:
    return good.cost is not None and good.cost == (good.body or {}).get(field.name)


def _at_bound(good: Good, field: Field, name: str, value: float) -> Good:
    """The good request with another amount; where the amount is the cost, the cost follows."""
    body = {**(good.body or {}), field.name: value}
    return replace(good, name=f"{good.name}, {field.name}: {name}", body=body, cost=value if _pays(good, field) else good.cost)


def _case(kit: Kit, operation: Operation, good: Good, rank: int) -> Case:
    test = kit.good_step("test", operation.id, good)
    told = 100 if rank == 0 else max(74 - 4 * rank, 45)
    if operation.effect != "charge" or good.cost is None or kit.contract.ledger is None:
        return kit.story("success", operation.id, good.name, (test,), tells=told, alone=operation.effect == "charge")
    story = steps(kit.balance_step("balance-before"), test, kit.balance_step("balance-after"))
    return kit.story("success", operation.id, good.name, story, about="charge", tells=told, alone=True)
