"""Does what the documents allow succeed, cost what it should and answer what it promises?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from errorcontract.cases.fields import as_in, is_price, known_value, with_amount
from errorcontract.cases.kit import Kit, steps
from errorcontract.cases.prepare import preparations
from errorcontract.cases.tables import amount
from errorcontract.model import Case, Field, Good, Operation

_LEGS = 4
_FIRST_BOUNDS = 3


def cases(kit: Kit) -> Iterator[Case]:
    """Every good request and the outermost allowed amounts; what costs money between looks at the balance."""
    prepared = {preparation.operation for preparation in preparations(kit)}
    places = singles = 0
    for operation in kit.contract.operations.values():
        goods = list(_goods(kit, operation))
        for rank, good in enumerate(_at_bounds(kit, operation)):
            yield _single(kit, operation, good, (79 if rank < _FIRST_BOUNDS else 72) - 4 * places)
        paid = [
            good for good in goods if operation.effect == "charge" and good.cost is not None and kit.contract.ledger
        ]
        if operation.id in prepared:
            paid = [*paid[1:], *paid[:1]]  # the first was sent before anything else
        yield from _walks(kit, operation, paid, places)
        places += bool(paid)
        for rank, good in enumerate(good for good in goods if good not in paid):
            if rank > 0 or operation.id not in prepared:  # the first was played before anything else
                yield _single(kit, operation, good, _tells(rank, singles))
                singles += rank == 0


def _tells(rank: int, before: int) -> int:
    """The first request of the first operations, then their others, then the rest, which work alike."""
    return max(74, 84 - 3 * before) if rank == 0 else 88 - 6 * rank


def _single(kit: Kit, operation: Operation, good: Good, tells: int) -> Case:
    test = kit.good_step("test", operation.id, good)
    return kit.story(
        "success",
        operation.id,
        good.name,
        (test,),
        tells=tells,
        alone=operation.effect == "charge",
    )


def _walks(kit: Kit, operation: Operation, goods: Sequence[Good], place: int) -> Iterator[Case]:
    """Good requests one after the other, the balance before and after each."""
    for number, walked in enumerate(_parts(goods, _LEGS if place == 0 else 2)):
        legs = [
            (kit.good_step(f"test-{leg + 1}", operation.id, good), kit.balance_step(f"balance-{leg + 1}"))
            for leg, good in enumerate(walked)
        ]
        story = steps(kit.balance_step("balance-0"), *(step for leg in legs for step in leg))
        yield kit.story(
            "success",
            operation.id,
            f"good requests {number + 1}",
            story,
            about="charge",
            independent=False,
            tells=(86, 68, 50)[min(number, 2)] - 5 * place,
            alone=True,
        )


def _parts(goods: Sequence[Good], first: int) -> Iterator[Sequence[Good]]:
    starts = [0, *range(first, len(goods), _LEGS)] if goods else []
    ends = [*starts[1:], len(goods)]
    yield from (goods[start:end] for start, end in zip(starts, ends, strict=False))


def _goods(kit: Kit, operation: Operation) -> Iterator[Good]:
    """The first good request, then with the most it may cost, then the others."""
    first, *others = operation.good
    yield first
    yield from list(_bounds(kit, operation, first))[1:]
    yield from sorted(others, key=lambda good: _like(good, first))


def _at_bounds(kit: Kit, operation: Operation) -> Iterator[Good]:
    """Good requests at the bounds that no walk asks: the smallest of each, then the largest."""
    bounded = [good for good in operation.good if good.bounds or good is operation.good[0]]
    bounds = [list(_bounds(kit, operation, good)) for good in bounded]
    yield from (each[0] for each in bounds if each)
    yield from (each[1] for each in bounds[1:] if len(each) > 1)


def _like(good: Good, first: Good) -> bool:
    """Whether it has the same members and price; one that has not tells more."""
    return good.cost == first.cost and set(good.body or {}) == set(first.body or {})


def _bounds(kit: Kit, operation: Operation, good: Good) -> Iterator[Good]:
    for field in operation.fields:
        if field.kind == "amount" and (good is operation.good[0] or is_price(good, field)):
            bounds = amount.bounds(as_in(kit, good, field), _known(kit, good, field))
            yield from (
                with_amount(good, field, f"{good.name}, {field.name}: {name}", value) for name, value in bounds
            )


def _known(kit: Kit, good: Good, field: Field) -> Any:
    """What the good request holds there; where it leaves an amount out, that would be a number."""
    known = known_value(kit, good, field)
    return 0 if known is None else known
