"""Has a story played again before it accuses: a balance may have moved through others who use the same account."""

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
_QUIET = ("quiet-1", "quiet-2", "quiet-3")
_MOVES = "the balance moves by itself, through others or through refunds: what it showed of {} is not judged"
_NOT_AGAIN = "{} on {} was not shown again when the story was played a second time: it is not judged"
_GIVEN_UP = "what the balance showed of {} was not judged, as it had shown things twice that were not so"
_NOT_PLAYED = "{} on {} may be broken; the budget left no requests to play the story a second time: it is not judged"


class Confirmation:
    """Decides about breaches that somebody else's doing could explain. `play` plays a case and reads its answers."""

    def __init__(self, kit: Callable[[], Kit], play: Callable[[Case], Evidence | None]) -> None:
        self._kit, self._play = kit, play
        self._known: dict[str, bool] = {}
        self._played: dict[str, Evidence | None] = {}
        self._refuted = 0
        self.notes: list[str] = []

    def stands(self, judge: Judge, rule: Rule, breach: Breach, evidence: Evidence) -> bool:
        """Whether a breach may be reported: it needs no confirmation, or it showed again on a quiet balance."""
        if not rule.doubtful(evidence) or evidence.contract.ledger is None:
            return True
        identity = fingerprint(evidence.contract.name, rule.id, breach)
        if identity not in self._known:
            self._known[identity] = self._again(judge, rule, breach, evidence)
            self._refuted += not self._known[identity]
        return self._known[identity]

    def _again(self, judge: Judge, rule: Rule, breach: Breach, first: Evidence) -> bool:
        if self._refuted >= _GIVE_UP_AFTER:
            return self._dropped(_GIVEN_UP, rule, breach)
        second = self._second(first.trace)
        if second is None:
            return self._dropped(_NOT_PLAYED, rule, breach)
        if not _quiet(second):
            return self._dropped(_MOVES, rule, breach)
        shown = [found for known, found in judge.verdicts(second) if known is rule and found]
        if any(_same(first, rule, breach, found) for found in shown):
            return True
        return self._dropped(_NOT_AGAIN, rule, breach)

    def _second(self, trace: Trace) -> Evidence | None:
        """A story is played a second time once, however many things it showed."""
        if trace.case.id not in self._played:
            case = self._anew(trace)
            self._played[trace.case.id] = self._play(case) if case else None
        return self._played[trace.case.id]

    def _dropped(self, text: str, rule: Rule, breach: Breach) -> bool:
        self.notes.append(text.format(rule.id, breach.operation or "the account"))
        return False

    def _anew(self, trace: Trace) -> Case | None:
        """The same story with fresh references, the balance looked at before and after, with a pause."""
        kit, family = self._kit(), families().get(trace.case.family)
        made = (case for case in family(kit) if case.id == trace.case.id) if family else iter(())
        case, looks = next(made, None), [kit.balance_step(name) for name in _QUIET]
        if case is None or None in looks:
            return None
        pause = min(_LONGEST, max(_SHORTEST, _seconds([exchange for _, exchange in trace.exchanges])))
        before, later, after = _looks(looks, pause)
        return replace(case, steps=(before, later, *case.steps, after), notes={**case.notes, "again": True})


def _looks(looks: Sequence[Step | None], pause: float) -> Iterator[Step]:
    """The looks, the first at once, each further one after a pause."""
    yield from (replace(look, pause=(lambda _: pause) if place else None) for place, look in enumerate(looks) if look)


def _seconds(exchanges: Sequence[Exchange]) -> float:
    """How long a story took: as long the balance must stay quiet."""
    ends = [exchange.started + exchange.seconds for exchange in exchanges]
    return max(ends) - min(exchange.started for exchange in exchanges) if exchanges else 0.0


def _quiet(evidence: Evidence) -> bool:
    """Whether the balance stood still for a while before the story and after it."""
    said = [(reading.exchange.step, evidence.amount(reading)) for reading in evidence.answered]
    amounts = dict(said)
    last = [amount for name, amount in said if amount is not None and name not in _QUIET]
    first, later, after = (amounts.get(name) for name in _QUIET)
    return first is not None and first == later and bool(last) and last[-1] == after


def _same(first: Evidence, rule: Rule, one: Breach, other: Breach) -> bool:
    """Whether two breaches are one defect; where the amounts could be told beforehand, they are the same too."""
    name = first.contract.name
    alike = fingerprint(name, rule.id, one) == fingerprint(name, rule.id, other)
    return alike and (one.observed == other.observed or any(step.copies > 1 for step in first.trace.case.steps))
