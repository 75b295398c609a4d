"""One reference on two operations at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from errorcontract.cases.families.races.one_effect import one_effect, together
from errorcontract.cases.kit import Kit, steps
from errorcontract.cases.spread import evenly
from errorcontract.cases.uses import Use, use
from errorcontract.model import Case, Operation


def across(kit: Kit, one: Operation, other: Operation) -> Iterator[Case]:
    """One reference on two operations at once: one effect where they share references, else what is done is paid."""
    racers = [use(kit, one), use(kit, other)]
    if one.reference_space and one.reference_space == other.reference_space:
        yield one_effect(kit, other, f"6 at once, some on {one.id}", racers, (0.0,) * 6, 66)
        yield one_effect(kit, other, f"16 within 30 ms, some on {one.id}", racers, _mixed(kit, one, other), 49)
    elif kit.contract.ledger and None not in [racer.cost for racer in racers]:
        yield _paid_for(kit, one, other, racers)


def _mixed(kit: Kit, one: Operation, other: Operation) -> tuple[float, ...]:
    return evenly(16, 0.03)(Random(f"{kit.seed} {one.id} {other.id}"))  # noqa: S311 - not for secrets


def _paid_for(kit: Kit, one: Operation, other: Operation, racers: Sequence[Use]) -> Case:
    """Nothing is promised of a reference on another operation but that what is refused costs nothing."""
    reference = kit.build.reference(one)
    orders = [racers[place % 2].open("orders", reference, "reference-of-another-operation") for place in range(2)]
    story = steps(kit.balance_step("balance-before"), *together(orders), kit.balance_step("balance-after"))
    variant = f"at once with {one.id}, one reference"
    return kit.story("races", other.id, variant, story, about="side-by-side", tells=57, alone=True)
