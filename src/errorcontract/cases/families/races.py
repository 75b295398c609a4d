"""Does a reference that comes several times at once have exactly one effect, and does nothing else suffer from it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from random import Random
from typing import Any

from errorcontract.cases.kit import Kit, steps
from errorcontract.cases.machine.ends import ends
from errorcontract.cases.promises import either
from errorcontract.cases.refused import refused_requests, takes_members, with_member
from errorcontract.cases.spread import Spread, at_once, evenly, last_late
from errorcontract.cases.uses import DUPLICATE, Use, other_use, use
from errorcontract.model import MISSING, Answers, Case, Exchange, Operation, Request, Step, answer_of, resolve

_NEXT_OPERATION = 18
_DONE = 2
_DIFFERENT = 8
_REFUSED = 3
_TIMES_TOGETHER = 4
_BESIDE = ((1, 74), (2, 47), (4, 45))
"""How often each of the refused ones comes, and what that tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One race: how many come and how they are spread; `bodies`: every other one has another body.

    `heels`: the others come all at once when the first one is answered.
    """

    name: str
    spread: Spread
    tells: int
    bodies: bool = False
    heels: bool = False


_ROUNDS = (
    _Round(name="4 at once with two bodies", spread=at_once(4), tells=88, bodies=True),
    _Round(name="8 within 30 ms", spread=evenly(8, 0.03), tells=75),
    _Round(name="16 at once", spread=at_once(16), tells=74),
    _Round(name="4 at the heels of one", spread=at_once(5), tells=72, heels=True),
    _Round(name="4 at once", spread=at_once(4), tells=64),
    _Round(name="2, one of them late", spread=last_late(2, 0.025), tells=62),
    _Round(name="8 within 5 ms", spread=evenly(8, 0.005), tells=60),
    _Round(name="16 at once with two bodies", spread=at_once(16), tells=54, bodies=True),
    _Round(name="8 within 30 ms once more", spread=evenly(8, 0.03), tells=52),
    _Round(name="12, one of them late", spread=last_late(12, 0.025), tells=50),
    _Round(name="16 within 60 ms", spread=evenly(16, 0.06), tells=48),
    _Round(name="16 within 120 ms", spread=evenly(16, 0.12), tells=46),
)
"""The gap between a look and a write may be short, or long, or there under load only."""


def cases(kit: Kit) -> Iterator[Case]:
    """One reference in rounds of races, beside refused requests, and on two operations; then different ones."""
    operations = list(kit.referencing())
    for rank, operation in enumerate(operations):
        less = _NEXT_OPERATION * rank
        yield from (_race(kit, operation, round_, less) for round_ in _ROUNDS)
        yield from _beside_refused(kit, operation, less)
        yield from chain.from_iterable(_across(kit, operation, other) for other in operations[rank + 1 :])
    yield from _different(kit)
    yield from _refused_together(kit)
    yield from ends(kit)


def _race(kit: Kit, operation: Operation, round_: _Round, less: int) -> Case:
    late = round_.spread(Random(f"{kit.seed} {operation.id} {round_.name}"))  # noqa: S311 - not for secrets
    racers = [use(kit, operation), *([other_use(kit, operation)] if round_.bodies else [])]
    known = [racer for racer in racers if racer is not None]
    return _one_effect(kit, operation, round_.name, known, late, round_.tells - less, heels=round_.heels)


def _one_effect(
    kit: Kit,
    operation: Operation,
    variant: str,
    racers: Sequence[Use],
    late: Sequence[float],
    tells: int,
    *,
    heels: bool = False,
) -> Case:
    """Uses of one reference by turns, between two looks at the balance, then what is found of it."""
    reference = kit.build.reference(operation)
    racing = [racers[place % len(racers)].racing("racing", reference, one) for place, one in enumerate(late)]
    story = steps(
        kit.balance_step("balance-before"),
        *_together(racing, heels=heels),
        kit.balance_step("balance-after"),
        _winner_step(kit, racers, reference),
        *_effects(kit, operation),
    )
    return kit.story(
        "races",
        operation.id,
        variant,
        story,
        about="race",
        cause=DUPLICATE,
        tells=tells,
        alone=True,
        notes={"reference": reference},
        series=f"race {operation.id}",
        enough=lambda trace: len(_winners(kit, trace.copies("racing"))) > 1,
    )


def _together(racing: Sequence[Step], *, heels: bool = False) -> Iterator[Step]:
    return (replace(step, beside=place > heels) for place, step in enumerate(racing))


def _winner_step(kit: Kit, racers: Sequence[Use], reference: str) -> Step | None:
    """Looks up what the winner made, by its operation."""
    looks = {one.operation.id: kit.look_up_step(one.operation, reference) for one in racers}
    some = next((look for look in looks.values() if look), None)

    def made(answers: Answers) -> Request | None:
        racing = [exchange for name, exchange in answers.items() if name.startswith("racing")]
        won = [str(exchange.request.operation) for exchange in _winners(kit, racing)]
        look = looks[won[0]] if won else some
        return look.make(answers) if look else None

    return some and replace(some, make=made)


def _winners(kit: Kit, racing: Sequence[Exchange]) -> list[Exchange]:
    return [one for one in racing if one.response and one.response.status // 100 == _DONE and _success(kit, one)]


def _success(kit: Kit, exchange: Exchange) -> bool:
    pointer = kit.contract.pointers.success
    flag: Any = MISSING if pointer is None else resolve(answer_of(exchange), pointer)
    return flag is not False


def _effects(kit: Kit, operation: Operation) -> Iterator[Step]:
    """Reads what shows each thing that was made."""
    for number, watch in enumerate(operation.watch):
        step = kit.good_step(f"effect-{number + 1}", watch.operation, kit.build.good(watch.operation, watch.good))
        yield replace(step, promise=either("what there is"))


def _beside_refused(kit: Kit, operation: Operation, less: int) -> Iterator[Case]:
    """Refused requests and a good one at once with the same reference: the good one has it, or it is still free."""
    place = str(operation.reference)
    refused = [step for _, step in refused_requests(kit, operation, leaving=place)][:_REFUSED]
    if not refused or not takes_members(operation, place):
        return
    for times, tells in _BESIDE:
        yield _beside(kit, operation, refused * times, tells - less)


def _beside(kit: Kit, operation: Operation, refused: Sequence[Step], tells: int) -> Case:
    reference = kit.build.reference(operation)
    wrong = [_wrong(kit, operation, step, reference) for step in refused]
    good = use(kit, operation).racing("good", reference)
    corrected = use(kit, operation).racing("corrected", reference)
    return kit.story(
        "races",
        operation.id,
        f"one beside {len(wrong)} refused",
        (*_together([*wrong[:1], good, *wrong[1:]]), corrected),
        about="freed-at-once",
        tells=tells,
        alone=True,
    )


def _wrong(kit: Kit, operation: Operation, step: Step, reference: str) -> Step:
    def made(answers: Answers) -> Request | None:
        request = step.make(answers)
        return request and with_member(kit, request, str(operation.reference), reference)

    return Step(name="refused", make=made, promise=step.promise)


def _across(kit: Kit, one: Operation, other: Operation) -> Iterator[Case]:
    """One reference on two operations at once: one effect where they share references, else what is done is paid."""
    racers = [use(kit, one), use(kit, other)]
    if one.reference_space and one.reference_space == other.reference_space:
        yield _one_effect(kit, other, f"6 at once, some on {one.id}", racers, (0.0,) * 6, 66)
        yield _one_effect(kit, other, f"16 within 30 ms, some on {one.id}", racers, _mixed(kit, one, other), 49)
    elif kit.contract.ledger and None not in [racer.cost for racer in racers]:
        yield _paid_for(kit, one, other, racers)


def _mixed(kit: Kit, one: Operation, other: Operation) -> tuple[float, ...]:
    return evenly(16, 0.03)(Random(f"{kit.seed} {one.id} {other.id}"))  # noqa: S311 - not for secrets


def _paid_for(kit: Kit, one: Operation, other: Operation, racers: Sequence[Use]) -> Case:
    """Nothing is promised of a reference on another operation but that what is refused costs nothing."""
    reference = kit.build.reference(one)
    orders = [racers[place % 2].open("orders", reference, "reference-of-another-operation") for place in range(2)]
    story = steps(kit.balance_step("balance-before"), *_together(orders), kit.balance_step("balance-after"))
    variant = f"at once with {one.id}, one reference"
    return kit.story("races", other.id, variant, story, about="side-by-side", tells=57, alone=True)


def _different(kit: Kit) -> Iterator[Case]:
    """Several good requests at once that have nothing to do with one another; `money` asks so what costs money."""
    writing = [one for one in kit.contract.operations.values() if one.effect == "write" and _fresh(one)]
    for rank, operation in enumerate(writing):
        step = replace(kit.good_step("different", operation.id), copies=_DIFFERENT)
        story = (step, *_effects(kit, operation))
        about = {"about": "different", "tells": max(50, 66 - 4 * rank), "alone": True}
        yield kit.story("races", operation.id, "different ones at once", story, **about)


def _refused_together(kit: Kit) -> Iterator[Case]:
    """What must be refused is refused in a crowd, too: nothing gives way because many ask."""
    changing = [one for one in kit.contract.operations.values() if one.effect != "read"]
    for rank, operation in enumerate(changing):
        refused = [step for _, step in refused_requests(kit, operation)][:_REFUSED]
        crowd = [replace(step, name="refused", copies=_TIMES_TOGETHER) for step in refused]
        if crowd:
            story = (*_together(crowd),)
            tells = max(47, 55 - 2 * rank)
            yield kit.story("races", operation.id, "refused ones at once", story, tells=tells, alone=True)


def _fresh(operation: Operation) -> bool:
    """Whether each of its good requests is another one."""
    good = operation.good[0]
    return "{new_reference}" in repr((good.body, good.query, good.path))
