"""Has a story played again before it accuses: what it looks at may have moved through others who use the target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from errorcontract.cases import Kit, families
from errorcontract.findings import fingerprint
from errorcontract.model import Breach, Case, Exchange, Step, Trace
from errorcontract.rules import Judge, Rule
from errorcontract.rules.evidence import Evidence

_SHORTEST, _LONGEST = 0.5, 5.0  # seconds of quiet before and after a story that is played again
_GIVE_UP_AFTER = 2
_TIMES_FOR_A_RACE = 5
"""What hangs on chance need not show the next time."""
_WATCHED, _LOOK = "watched", "watch-before-1"
_TIMES_FOR_A_WATCH = 4
"""How often what is watched must change again: others may have changed it by chance, now and then."""
_QUIET = ("quiet-1", "quiet-2", "quiet-3")
_MOVES = "the balance moves by itself, through others or through refunds: what it showed of {} is not judged"
_NOT_AGAIN = "{} on {} was not shown again when the story was played {}: it is not judged"
_OTHERS = "what {} says of {} was not judged, as what is watched had changed twice through others"
_GIVEN_UP = "what the balance showed of {} was not judged, as it had shown things twice that were not so"
_NOT_PLAYED = "{} on {} may be broken; the budget left no requests to play the story a second time: it is not judged"


class Confirmation:
    """Decides about breaches that somebody else's doing could explain. `play` plays a case and reads its answers."""

    def __init__(self, kit: Callable[[], Kit], play: Callable[[Case], Evidence | None]) -> None:
        self._kit, self._play = kit, play
        self._known: dict[str, bool] = {}
        self._played: dict[tuple[str, int], Evidence | None] = {}
        self._refuted = 0
        self.notes: list[str] = []

    def stands(self, judge: Judge, rule: Rule, breach: Breach, evidence: Evidence) -> bool:
        """Whether a breach may be reported: it needs no confirmation, or it showed again while all else was quiet."""
        watched = evidence.about == _WATCHED
        if not rule.doubtful(evidence) or (evidence.contract.ledger is None and not watched):
            return True
        identity = fingerprint(evidence.contract.name, rule.id, breach)
        if identity not in self._known:
            again = self._each_time if watched else self._again
            self._known[identity] = again(judge, rule, breach, evidence)
            self._refuted += not self._known[identity]
        return self._known[identity]

    def _again(self, judge: Judge, rule: Rule, breach: Breach, first: Evidence) -> bool:
        if self._refuted >= _GIVE_UP_AFTER:
            return self._dropped(_GIVEN_UP, rule, breach)
        times = _TIMES_FOR_A_RACE if first.trace.case.races else 1
        quiet = 0
        for evidence in self._replays(first.trace, times):
            quiet += is_quiet(evidence)
            shown = [found for known, found in judge.verdicts(evidence) if known is rule and found]
            if is_quiet(evidence) and any(_same(first, rule, breach, found) for found in shown):
                return True
        if self._played.get((first.trace.case.id, 0)) is None:
            return self._dropped(_NOT_PLAYED, rule, breach)
        often = "a second time" if times == 1 else f"{quiet} times more"
        return self._dropped(_NOT_AGAIN if quiet else _MOVES, rule, breach, often)

    def _each_time(self, judge: Judge, rule: Rule, breach: Breach, first: Evidence) -> bool:
        """Whether what is watched changes each time, after it stood still for as long as the story takes."""
        if self._refuted >= _GIVE_UP_AFTER:
            return self._dropped(_OTHERS, rule, breach)
        for _ in range(_TIMES_FOR_A_WATCH):
            case = self._made(first.trace)
            played = self._play(_after_a_pause(case, first.trace)) if case else None
            if played is None:
                return self._dropped(_NOT_PLAYED, rule, breach)
            shown = [found for known, found in judge.verdicts(played) if known is rule and found]
            if not any(_one_defect(first, rule, breach, found) for found in shown):
                return self._dropped(_NOT_AGAIN, rule, breach, "again")
        return True

    def _replays(self, trace: Trace, times: int) -> Iterator[Evidence]:
        """The story played again; each time is played once, however many things the story showed.

        A balance that moves by itself the first time is not looked at any more.
        """
        for number in range(times):
            known = (trace.case.id, number)
            if known not in self._played:
                case = self._anew(trace)
                self._played[known] = self._play(case) if case else None
            evidence = self._played[known]
            if evidence is None:
                return
            yield evidence
            if not is_quiet(evidence):
                return

    def _dropped(self, text: str, rule: Rule, breach: Breach, often: str = "") -> bool:
        self.notes.append(text.format(rule.id, breach.operation or "the account", often))
        return False

    def _anew(self, trace: Trace) -> Case | None:
        """The same story with fresh references, the balance looked at before and after, with a pause."""
        case = self._made(trace)
        return case and quietly(self._kit(), case, _seconds([exchange for _, exchange in trace.exchanges]))

    def _made(self, trace: Trace) -> Case | None:
        """The case of a story, made once more."""
        family = families().get(trace.case.family)
        made = (case for case in family(self._kit()) if case.id == trace.case.id) if family else iter(())
        return next(made, None)


def quietly(kit: Kit, case: Case, seconds: float = 0.0) -> Case | None:
    """A story of so many seconds between looks at the balance that tell whether it stands still by itself."""
    looks = [kit.balance_step(name) for name in _QUIET]
    if None in looks:
        return None
    before, later, after = _looks(looks, min(_LONGEST, max(_SHORTEST, seconds)))
    return replace(case, steps=(before, later, *case.steps, after), notes={**case.notes, "again": True})


def _after_a_pause(case: Case, trace: Trace) -> Case:
    """The story with a pause between its first two looks, as long as it took, in which what others do shows."""
    pause = min(_LONGEST, max(_SHORTEST, _seconds([exchange for _, exchange in trace.exchanges])))
    steps = (replace(step, pause=lambda _: pause) if step.name == _LOOK else step for step in case.steps)
    return replace(case, steps=tuple(steps), notes={**case.notes, "again": True})


def _looks(looks: Sequence[Step | None], pause: float) -> Iterator[Step]:
    """The looks, the first at once, each further one after a pause."""
    yield from (replace(look, pause=(lambda _: pause) if place else None) for place, look in enumerate(looks) if look)


def _seconds(exchanges: Sequence[Exchange]) -> float:
    """How long a story took: as long the balance must stay quiet."""
    ends = [exchange.started + exchange.seconds for exchange in exchanges]
    return max(ends) - min(exchange.started for exchange in exchanges) if exchanges else 0.0


def is_quiet(evidence: Evidence) -> bool:
    """Whether the balance stood still for a while before the story and after it."""
    said = [(reading.exchange.step, evidence.amount(reading)) for reading in evidence.answered]
    amounts = dict(said)
    last = [amount for name, amount in said if amount is not None and name not in _QUIET]
    first, later, after = (amounts.get(name) for name in _QUIET)
    return first is not None and first == later and bool(last) and last[-1] == after


def _one_defect(first: Evidence, rule: Rule, one: Breach, other: Breach) -> bool:
    name = first.contract.name
    return fingerprint(name, rule.id, one) == fingerprint(name, rule.id, other)


def _same(first: Evidence, rule: Rule, one: Breach, other: Breach) -> bool:
    """Whether two breaches are one defect; where the amounts could be told beforehand, they are the same too."""
    return _one_defect(first, rule, one, other) and (one.observed == other.observed or first.trace.case.races)
