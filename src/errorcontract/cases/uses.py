"""Uses of a reference: good requests that hold it, with one body or another, on one operation or several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from errorcontract.cases.fields import good_value, is_price
from errorcontract.cases.kit import Kit, once
from errorcontract.cases.oracle import allowed
from errorcontract.cases.promises import accepted, either, rejected
from errorcontract.cases.tables import amount
from errorcontract.model import Good, Operation, Outcome, Promise, Step, number_of

DUPLICATE = "duplicate-reference"
AT_ONCE = "duplicate-at-once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A good request of an operation that takes a reference, some of its places changed."""

    kit: Kit
    operation: Operation
    good: Good
    change: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cost(self) -> float | None:
        """What it costs, None where nobody says."""
        cost = accepted(self.kit.build, self.good).cost
        changed = [self.change[one.place] for one in self.operation.fields if one.place in self.change]
        priced = any(is_price(self.good, one) for one in self.operation.fields)
        return number_of(changed[0]) if cost is not None and changed and priced else cost

    def step(self, name: str, reference: str, promise: Promise) -> Step:
        """The step that uses a reference so."""
        change = {str(self.operation.reference): reference, **self.change}
        return Step(
            name=name, make=once(lambda: self.kit.build.request(self.operation.id, self.good, change)), promise=promise
        )

    def first(self, name: str, reference: str) -> Step:
        """A use whose success is promised."""
        return self.step(name, reference, replace(accepted(self.kit.build, self.good), cost=self.cost))

    def again(self, name: str, reference: str) -> Step:
        """A use of what was used already."""
        return self.step(name, reference, rejected(self.kit.contract, DUPLICATE))

    def racing(self, name: str, reference: str, late: float = 0.0) -> Step:
        """One of several at once, of which any may be the first."""
        known = AT_ONCE if AT_ONCE in self.kit.contract.causes else DUPLICATE
        promise = replace(rejected(self.kit.contract, known), outcome=Outcome.EITHER, cause=DUPLICATE, cost=self.cost)
        return replace(self.step(name, reference, promise), late=(late,))

    def open(self, name: str, reference: str, cause: str) -> Step:
        """A use of which nothing is promised."""
        return self.step(name, reference, replace(either(cause), cost=self.cost))


def use(kit: Kit, operation: Operation) -> Use:
    """The usual one."""
    return Use(kit=kit, operation=operation, good=operation.good[0])


def other_use(kit: Kit, operation: Operation) -> Use | None:
    """One with another body: another amount, or else another good request of the same caller."""
    first, *others = operation.good
    for one in operation.fields:
        bounds = dict(amount.bounds(one, good_value(kit, operation, one))) if one.kind == "amount" else {}
        if "the smallest allowed" in bounds:
            return Use(kit=kit, operation=operation, good=first, change={one.place: bounds["the smallest allowed"]})
    alike = [good for good in others if good.sends_as == first.sends_as and _holds(good, operation.reference)]
    return Use(kit=kit, operation=operation, good=alike[0]) if alike else None


def same_use(kit: Kit, operation: Operation) -> Use | None:
    """One that means the same and is written otherwise: an amount with more or fewer digits behind the point."""
    for one in operation.fields:
        known = good_value(kit, operation, one)
        for text in _spelled(known) if one.kind == "amount" and isinstance(known, str) else ():
            if allowed(one.schema, text):
                return Use(kit=kit, operation=operation, good=operation.good[0], change={one.place: text})
    return None


def _spelled(amount: str) -> Iterator[str]:
    yield from (text for text in (amount.rstrip("0").rstrip("."), f"{amount}0", f"{amount}.0") if text != amount)


def _holds(good: Good, place: str | None) -> bool:
    """Whether a good request sends a reference by itself, so that it means the same with another one."""
    parts = {"body": good.body or {}, "query": good.query, "path": good.path}
    where, _, name = (place or "").partition("/")
    return name.partition("/")[0] in parts.get(where, {})
