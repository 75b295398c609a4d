"""From a sequence that shows a breach to the fewest calls that show it each time, on a balance that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from errorcontract.cases import Kit
from errorcontract.cases.machine import (
    Form,
    Turn,
    Way,
    apart,
    calls_of,
    counted,
    forms,
    later,
    narrow,
    plainer,
    without,
)
from errorcontract.confirm import is_quiet, quietly
from errorcontract.model import Case
from errorcontract.run.hunt import Purse, Sought, Spent
from errorcontract.run.judging import Judging, Shown
from errorcontract.run.tally import Tally

_STEADY, _FICKLE, _AGAIN = 2, 5, 2
"""How often in a row a sequence must show a breach to count; at a target that shows it now and then; to be reported."""
_TRIES = 3
"""How often a sequence with calls at the same moment is played for that: chance has a part in it."""
_MOVES = "the balance moves by itself, through others or refunds: what a sequence showed of {} on {} is not judged"
_NOT_AGAIN = "{} on {} was not shown again when its sequence was played again: it is not judged"
_NOT_PLAYED = "{} on {} may be broken; no requests were left to play its sequence again: it is not judged"


Make = Callable[[], Case]


class Settling:
    """Settles one breach, with the requests of a purse. `plainest`: the way that tells least of a call."""

    def __init__(self, kit: Kit, judging: Judging, purse: Purse, tally: Tally, plainest: Way) -> None:
        self._kit, self._judging, self._purse, self._tally, self._plainest = kit, judging, purse, tally, plainest
        self._restless = False
        self._steady_after = _STEADY

    def settle(self, sought: Sought) -> Shown | None:
        """The breach with the shortest story that shows it each time; None, and a note of the run, where none does."""
        try:
            for form, turns in self._steady(sought):
                make, shown = self._shortest(sought, form, turns)
                if shown and self._stands(sought, make):
                    return shown
                if self._restless:
                    break
            why = _MOVES if self._restless else _NOT_AGAIN
        except Spent:
            why = _NOT_PLAYED
        rule, breach, _ = sought.shown
        self._judging.doubt(why.format(rule.id, breach.operation))
        return None

    def _steady(self, sought: Sought) -> Iterator[tuple[Form, tuple[Turn, ...]]]:
        """The sequence as it was made simpler, or as it was first seen, in each form that shows the breach.

        One call after the other comes first: what shows so needs no calls at the same moment.
        """
        times = counted(sought.turns) if sought.sight.balance else ()
        told = (*times, apart(sought.turns), apart(sought.origin), sought.turns, sought.origin)
        for turns in told:
            for form in forms(sought.sight):
                if self._showing(sought, partial(form, self._kit, turns)):
                    yield form, turns

    def _shortest(self, sought: Sought, form: Form, turns: tuple[Turn, ...]) -> tuple[Make, Shown | None]:
        """The story without the calls and looks that it does not take, and what it shows."""
        turns = self._plainest_of(sought, form, self._fewest(sought, form, turns))
        makes = [partial(one, self._kit, turns) for one in narrow(form, turns, sought.sight)]
        shown = ((make, self._showing(sought, make)) for make in makes)
        return next((one for one in shown if one[1]), (makes[-1], None))

    def _fewest(self, sought: Sought, form: Form, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        size = len(calls_of(turns)) // 2
        while size:
            less = next(
                (one for one in _less(turns, size) if self._showing(sought, partial(form, self._kit, one))), None
            )
            turns, size = (turns, size // 2) if less is None else (less, min(size, len(calls_of(less)) // 2))
        return turns

    def _plainest_of(self, sought: Sought, form: Form, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        for number in range(len(calls_of(turns))):
            plain = plainer(turns, number, self._plainest)
            turns = plain if plain and self._showing(sought, partial(form, self._kit, plain)) else turns
        return turns

    def _showing(self, sought: Sought, make: Make) -> Shown | None:
        """What a story shows of the breach each time it is played; None where it shows nothing, or not always.

        What the last story left behind at the target can make one show too much, but not twice.
        """
        times, shown = 0, self._shown(sought, make)
        while shown and (times := times + 1) < self._steady_after:
            shown = self._shown(sought, make)
        if times and not shown:
            self._steady_after = _FICKLE
        return shown

    def _shown(self, sought: Sought, make: Make) -> Shown | None:
        for _ in range(_TRIES):
            case = make()
            found = sought.of(dict(self._judging.generated(self._purse.spend(case), self._tally)))
            if found or not case.races:
                return found
        return None

    def _stands(self, sought: Sought, make: Make) -> bool:
        """Whether a story shows the breach again and again, where it is about the balance on one that stands still."""
        return all(self._again(sought, make) for _ in range(_AGAIN))

    def _again(self, sought: Sought, make: Make) -> bool:
        if not sought.sight.balance:
            return self._shown(sought, lambda: later(make())) is not None
        for _ in range(_TRIES):
            case = make()
            trace = self._purse.spend(quietly(self._kit, case) or case)
            self._restless = not is_quiet(self._judging.judge.evidence(trace))
            found = sought.of(dict(self._judging.generated(trace, self._tally))) is not None
            if self._restless or found or not case.races:
                return found and not self._restless
        return False


def _less(turns: tuple[Turn, ...], size: int) -> Iterator[tuple[Turn, ...]]:
    """The sequence without so many calls in a row."""
    calls = calls_of(turns)
    shorter = (without(turns, calls[start : start + size]) for start in range(0, len(calls), size))
    return (less for less in shorter if less)
