"""From a sequence to stories that show what it showed, with as few calls as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from errorcontract.cases.kit import Kit
from errorcontract.cases.machine.calls import FIND, LOOK_UP, Call, Telling, Turn, Way
from errorcontract.model import Case, Step

FAMILY = "ledger"
_TIMES = (1, 2, 3, 4, 5, 6)
_PAUSE = 0.5  # seconds after which what was ordered must be found


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What must be looked at to see a breach: the balance, what a call made (of one reference), or answers alone."""

    balance: bool = False
    finds: bool = False


Form = Callable[[Kit, Sequence[Turn]], Case]
"""Makes a story of a sequence, with the looks that it takes to see something."""


def forms(sight: Sight) -> Iterator[Form]:
    """Ways to tell a sequence, those with the fewest looks first.

    The last turn between two looks at the balance, all of it between two, looks after each turn. What a look-up shows
    is looked up at the end.
    """
    if sight.balance:
        yield lambda kit, told: _story(kit, told, (len(told) - 1, len(told)))
        yield lambda kit, told: _story(kit, told, (0, len(told)))
        yield lambda kit, told: _story(kit, told, tuple(range(len(told) + 1)))
    elif sight.finds:
        yield partial(_found, number=None)
    else:
        yield lambda kit, told: _story(kit, told, ())


def narrow(form: Form, turns: Sequence[Turn], sight: Sight) -> Iterator[Form]:
    """The form with as few looks as can be: at what lists things, or what a look-up shows for one call."""
    if sight.finds:
        yield from (partial(_found, number=number) for number in range(len(calls_of(turns)) + 1))
    yield form


def calls_of(turns: Sequence[Turn]) -> list[Call]:
    """The calls in the order in which they are numbered."""
    return [call for turn in turns for call in turn]


def later(case: Case) -> Case:
    """The story with a pause before what is looked up at its end: some orders are only found after a moment."""
    first = next((step for step in case.steps if step.name.startswith((LOOK_UP, FIND))), None)
    paused = (replace(step, pause=lambda _: _PAUSE) if step is first else step for step in case.steps)
    return replace(case, steps=tuple(paused))


def apart(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The sequence with one call after the other."""
    return tuple((call,) for call in calls_of(turns))


def counted(turns: Sequence[Turn]) -> Iterator[tuple[Turn, ...]]:
    """The last call alone, and a few times: some things come with each so many calls, whatever came between."""
    last = turns[-1][-1]
    if last.way.about is None:
        yield from (tuple((Call(way=last.way),) for _ in range(times)) for times in _TIMES)


def without(turns: Sequence[Turn], dropped: Sequence[Call]) -> tuple[Turn, ...]:
    """The sequence without some calls, and without what ends their things.

    A reference that one of them had before others is then that of the next one with it.
    """
    gone, new, heirs = set(dropped), dict[Call, Call](), dict[Call, Call]()
    for call in calls_of(turns):
        first = heirs.get(call.of) if call.of else None
        if call in gone or (call.way.about and first is None):
            continue
        new[call] = Call(way=call.way, of=first)
        heirs.setdefault(call.root, new[call])
    kept = (tuple(new[call] for call in turn if call in new) for turn in turns)
    return tuple(turn for turn in kept if turn)


def plainer(turns: Sequence[Turn], number: int, plainest: Way) -> tuple[Turn, ...] | None:
    """The sequence with a good call as plain as can be, None where it is so already, or no good one of its own."""
    call = calls_of(turns)[number]
    alike = call.way.operation is plainest.operation and call.way.promise.outcome is plainest.promise.outcome
    return _with(turns, call, plainest) if alike and call.of is None and call.way is not plainest else None


def _with(turns: Sequence[Turn], changed: Call, way: Way) -> tuple[Turn, ...]:
    """The sequence with another way for a call, and for those that took the same one upon it."""
    new: dict[Call, Call] = {}
    for call in calls_of(turns):
        alike = call is changed or (call.root is changed and call.way is changed.way)
        new[call] = Call(way=way if alike else call.way, of=new[call.of] if call.of else None)
    return tuple(tuple(new[call] for call in turn) for turn in turns)


def _story(kit: Kit, turns: Sequence[Turn], looks: Sequence[int]) -> Case:
    """The turns, with a look at the balance before those of these numbers."""
    telling, steps = Telling(kit), list[Step]()
    for number in range(len(turns) + 1):
        steps += telling.balance() if number in looks else ()
        steps += telling.turn(turns[number]) if number < len(turns) else ()
    return _case(kit, turns, steps)


def _found(kit: Kit, turns: Sequence[Turn], number: int | None) -> Case:
    """The turns, and at the end the looks for what came of all, or of the reference of one call; 0: at lists alone."""
    telling = Telling(kit)
    steps = [step for turn in turns for step in telling.turn(turn)]
    roots = None if number is None else tuple(call.root for call in calls_of(turns)[number - 1 : number] if number)
    lists = telling.lists() if not number else ()
    return _case(kit, turns, [*steps, *telling.finds(roots), *lists])


def _case(kit: Kit, turns: Sequence[Turn], steps: Sequence[Step]) -> Case:
    last = turns[-1][-1].way
    variant = "; ".join(" and ".join(map(_named, turn)) for turn in turns)
    operation = (last.about or last.operation).id
    return kit.story(FAMILY, operation, variant[:240], tuple(steps), about="ledger", alone=True, generated=True)


def _named(call: Call) -> str:
    again = " again" if call.of and call.way.about is None else ""
    return f"{call.way.name} on {call.way.operation.id}{again}"
