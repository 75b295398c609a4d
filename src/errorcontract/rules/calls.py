"""What a client sent, put together by call: a call and all its attempts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from errorcontract.model import Attempt, Conduct, Stance, route
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_IDEMPOTENT = _SAFE | {"PUT", "DELETE"}


@dataclass(frozen=True, slots=True)
class Sent:
    """One attempt of a call: the request with its answer, and what it is told apart by."""

    reading: Reading
    attempt: Attempt

    @property
    def arrived(self) -> float:
        """When it came, in seconds since the epoch."""
        return self.reading.exchange.started

    @property
    def answered(self) -> float:
        """When its answer was out, or its connection closed."""
        return self.reading.exchange.started + self.reading.exchange.seconds

    @property
    def status(self) -> int:
        """The status of a whole answer, 0 where it was lost."""
        return self.reading.status if self.reading.whole else 0

    @property
    def passes(self) -> bool:
        """Whether it did what it was to do."""
        return 200 <= self.status < 400  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Call:
    """A call with its attempts in order. `purposely`: how many of these the client makes anyway, when all goes well."""

    place: str
    sent: tuple[Sent, ...]
    purposely: int

    @property
    def name(self) -> str:
        """The call without what is another each time: its operation, else method and path without ids."""
        operation = self.sent[0].reading.operation
        return operation or route(self.place)

    @property
    def tries(self) -> tuple[Sent, ...]:
        """The attempts until one succeeds; what comes after is no retry."""
        done = next((place for place, one in enumerate(self.sent) if one.passes), None)
        return self.sent if done is None else self.sent[: done + 1]

    def later(self, one: Sent) -> tuple[Sent, ...]:
        """The attempts that came when its answer was out."""
        return tuple(other for other in self.sent if other.arrived >= one.answered and other is not one)

    def again_after(self, one: Sent) -> Sent | None:
        """The first attempt after an answer that can only be a retry, None where each may have a purpose."""
        later = self.later(one)
        return later[0] if len(later) >= self.purposely else None


def calls(evidence: Evidence) -> Iterator[Call]:
    """The calls that a client made and that were answered by script, each with its attempts."""
    conduct = evidence.trace.conduct
    if conduct is None:
        return
    places: defaultdict[str, list[Sent]] = defaultdict(list)
    for reading, attempt in zip(evidence.readings, conduct.attempts, strict=True):
        if attempt.scripted:
            places[attempt.place].append(Sent(reading, attempt))
    for place, sent in places.items():
        yield from _of_place(place, sent, conduct)


def _of_place(place: str, sent: list[Sent], conduct: Conduct) -> Iterator[Call]:
    """More different contents than when all goes well: those of one gist are one call, made a little different."""
    contents = _by(sent, lambda one: one.attempt.content)
    different, often, total = conduct.usual.of(place) if conduct.usual else (0, 1, 0)
    if not different or len(contents) <= different:
        yield from (Call(place, tuple(same), often) for same in contents)
        return
    for alike in _by(sent, lambda one: one.attempt.gist):
        same = len({one.attempt.content for one in alike}) == 1
        yield Call(place, tuple(alike), often if same else total)


def _by(sent: list[Sent], key: Callable[[Sent], str]) -> list[list[Sent]]:
    groups: defaultdict[str, list[Sent]] = defaultdict(list)
    for one in sent:
        groups[key(one)].append(one)
    return list(groups.values())


def stance_on(evidence: Evidence, one: Sent) -> Stance | None:
    """What the contract tells callers about an answer; None where it is silent, or where its status is ours."""
    if not one.status or is_supposed(evidence, one):
        return None
    return evidence.contract.retry_policy.after(one.reading.code, one.status)


def is_supposed(evidence: Evidence, one: Sent) -> bool:
    """Whether the documents name no status for the code that was answered, so that it had one of ours."""
    code = evidence.contract.codes.get(one.reading.code or "")
    return code is not None and not code.statuses


def is_risky(evidence: Evidence, call: Call) -> bool:
    """Whether sending it twice may do it twice."""
    operation = evidence.contract.operations.get(call.sent[0].reading.operation or "")
    if call.place.partition(" ")[0] in _IDEMPOTENT:
        return False
    return operation is None or (
        operation.effect != "read" and operation.id not in evidence.contract.retry_policy.harmless
    )


def story(call: Call) -> str:
    """The attempts of a call in a few words: what each was answered, and the time until the next."""
    parts = []
    for one, following in zip(call.sent, (*call.sent[1:], None), strict=True):
        parts.append(one.reading.told() if one.status else _lost(one))
        if following is not None:
            parts.append(f"after {max(0.0, following.arrived - one.answered):.2f} s")
    shown, most = parts[:11], 11
    return ", ".join(shown) + (f", ... {len(call.sent)} attempts" if len(parts) > most else "")


def _lost(one: Sent) -> str:
    return one.reading.exchange.failure or "no answer"
