"""The ways to call an operation: rightly, wrongly, beside others, and upon what it made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from errorcontract.cases.build import UnresolvedError
from errorcontract.cases.fields import as_in, good_value, is_price, with_amount
from errorcontract.cases.kit import Kit
from errorcontract.cases.machine.calls import Way
from errorcontract.cases.oracle import allowed
from errorcontract.cases.promises import accepted, either, rejected
from errorcontract.cases.refused import refused_requests, takes_members, with_member
from errorcontract.model import Field, Good, Operation, Outcome, Promise, Request, Step, number_of, written_like

REQUESTS, FEW_REQUESTS = 750, 240
_DUPLICATE = "duplicate-reference"
_GOOD, _REFUSED, _BESIDE = 9, 6, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What a sequence about an operation is made of. `beside`: good requests of others, `later`: what ends a thing."""

    operation: Operation
    good: tuple[Way, ...]
    refused: tuple[Way, ...]
    beside: tuple[Way, ...]
    later: tuple[Way, ...]

    @property
    def refers(self) -> bool:
        """Whether a reference can be used again."""
        return any(way.refers for way in self.good)


def pays(operation: Operation) -> bool:
    """Whether it takes from the balance what can be told beforehand."""
    return operation.effect == "charge" and any(good.cost is not None for good in operation.good)


def concerns(operation: Operation) -> bool:
    """Whether something is kept of its requests that others show: money, a reference, a thing."""
    return pays(operation) or operation.reference is not None or operation.makes is not None


def ways(kit: Kit, operation: str) -> Ways:
    """The ways to call an operation, the plainest first."""
    described = kit.contract.operations[operation]
    others = [one for one in kit.contract.operations.values() if concerns(one) and one is not described]
    return Ways(
        operation=described,
        good=tuple(_good(kit, described))[:_GOOD],
        refused=tuple(_refused(kit, described)),
        beside=tuple(way for one in others for way in tuple(_good(kit, one))[:1])[:_BESIDE],
        later=tuple(_later(kit, described)),
    )


def dearest(kit: Kit, operation: str) -> Ways:
    """The dearest way alone, for an account that can't pay it: the little that is left is not spent."""
    every = ways(kit, operation)
    paid = sorted((way for way in every.good if way.refers), key=lambda way: way.promise.cost or 0.0)
    return replace(every, good=tuple(paid[-1:]) or every.good[:1], beside=(), refused=every.refused[:1])


def _good(kit: Kit, operation: Operation) -> Iterator[Way]:
    """The first good request, with other amounts, then the others of the same caller, by their price and ours."""
    first, *others = operation.good
    alike = [good for good in others if good.sends_as == first.sends_as and not good.headers]
    yield _way(kit, operation, first)
    yield from (_way(kit, operation, good) for good in _other_amounts(kit, operation, first))
    yield from (_way(kit, operation, good) for good in sorted(alike, key=lambda good: good.cost == first.cost))


def _way(kit: Kit, operation: Operation, good: Good) -> Way:
    place = operation.reference if operation.reference and _refers(operation, good) else None
    promise = accepted(kit.build, good)

    def make(reference: str | None) -> Request:
        return kit.build.request(operation.id, good, {place: reference} if place and reference else None)

    return Way(
        operation=operation,
        name=good.name,
        make=make,
        promise=promise,
        again=_again(kit, promise),
        refers=place is not None,
    )


def _refers(operation: Operation, good: Good) -> bool:
    where, _, name = (operation.reference or "").partition("/")
    return where == "body" and name.partition("/")[0] in (good.body or {})


def _again(kit: Kit, promise: Promise) -> Promise:
    """Refused where its reference is taken, done where it is not; which of them is so, the model knows."""
    return replace(rejected(kit.contract, _DUPLICATE), outcome=Outcome.EITHER, cost=promise.cost, cause=_DUPLICATE)


def _other_amounts(kit: Kit, operation: Operation, good: Good) -> Iterator[Good]:
    """The request for other amounts, where the amount is what it costs; the smaller ones first."""
    for field in operation.fields:
        if is_price(good, field):
            known = good_value(kit, operation, field)
            for value in sorted(_amounts(as_in(kit, good, field), known)):
                yield with_amount(good, field, f"{good.name}, {value:g}", written_like(known, value))


def _amounts(field: Field, good: Any) -> set[float]:
    """Two small ones beside the usual one, and the largest, which empties an account soonest."""
    usual, listed = number_of(good), [number_of(value) for value in field.schema.get("enum", ())]
    others = [value for value in listed if value != usual]
    small = field.minimum
    drawn = [*others[:2], *others[-1:], small, small and small + 10, field.maximum]
    return {one for one in drawn if one and one != usual and allowed(field.schema, written_like(good, one))}


def _refused(kit: Kit, operation: Operation) -> Iterator[Way]:
    place = operation.reference
    usable = place is not None and takes_members(operation, place)
    for name, step in refused_requests(kit, operation, leaving=place)[:_REFUSED]:
        yield Way(
            operation=operation,
            name=name,
            make=_refusing(kit, step, place if usable else None),
            promise=step.promise,
            again=either("refused or used"),
            refers=usable,
        )


def _refusing(kit: Kit, step: Step, place: str | None) -> Any:
    def make(reference: str | None) -> Request:
        request = step.make({})
        if request is None:
            raise UnresolvedError(step.name)
        return with_member(kit, request, place, reference) if place and reference else request

    return make


def _later(kit: Kit, operation: Operation) -> Iterator[Way]:
    """To delete what was made."""
    if operation.makes is None or operation.makes.deleted_by is None:
        return
    name, _, parameter = operation.makes.deleted_by.partition("/")
    promise = either("deletion")
    yield Way(
        operation=kit.contract.operations[name],
        name="delete it",
        make=lambda id_: kit.build.request(name, change={f"path/{parameter}": id_}),
        promise=promise,
        again=promise,
        about=operation,
    )
