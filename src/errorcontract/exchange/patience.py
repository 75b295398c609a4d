"""How long a run waits for its target: one that went away, one that hangs, one that only costs time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from errorcontract.errors import TargetError
from errorcontract.exchange.answer import Answer, Limits
from errorcontract.exchange.client import Client
from errorcontract.exchange.start import Lane
from errorcontract.model import Request

_SHORTEST, _LONGEST = 0.25, 5.0  # seconds between two attempts to connect
_SHARE = 3  # of the time-out, for a target that let the first one pass and has never answered
_HANGS_AT_FIRST, _HANGS_LATER, _HANGS_IN_ALL = 1.3, 3.0, 10.0  # time-outs that nothing came in, before it is given up
_USELESS_AT_FIRST, _USELESS_LATER = 3, 32  # answers in a row that can't be read, before and after the first whole one
_TIMED_OUT = ("no complete answer within", "the body did not end within")
_UNREAD = ("longer than", "expands to", "the answer's header section", "sent in", "announced as", "ends before its")
_NO_ANSWER = (*_UNREAD, "the answer is not HTTP", "the connection was closed", "the connection broke off")
_ALIKE = 80  # characters by which remarks are the same
_LOST = "no connection: the target went away while the request was under way"


class Patience:
    """Sends through a client, and raises TargetError for a target that no further request is worth.

    Only connecting is tried again, for so long as the limits say: a request that was sent may have been read.
    """

    def __init__(self, client: Client, tell: Callable[[str], None]) -> None:
        self._client, self._limits, self._tell = client, client.limits, tell
        self._answers = False
        self._useless = 0
        self._hung = self._hung_in_all = self._counted_until = 0.0
        self._gone_since: float | None = None
        self._absences = 0
        self._told: set[str] = set()

    async def send(self, request: Request, lane: Lane | None) -> tuple[Answer, float]:
        """The answer, and the seconds that passed until the request could go."""
        started = asked = time.perf_counter()
        answer = await self._client.send(request, lane, self._now())
        while answer.unreachable:
            self._mind_absence(answer)
            if asked - started > self._limits.away_seconds:
                break  # others are answered, this one never gets through
            await asyncio.sleep(min(_LONGEST, max(_SHORTEST, (time.perf_counter() - started) / 4)))
            asked = time.perf_counter()
            answer = await self._client.send(request, None, self._now())
        if answer.lost and not await self._client.reaches(request.source):
            answer = self._excused(answer)
        elif not answer.unreachable:
            self._back()
        return answer, asked - started + (lane.waited if lane else 0.0)

    def _now(self) -> Limits:
        """What an exchange may take: less where the first had all of the time and nothing ever came."""
        hangs = self._hung and not self._answers
        return replace(self._limits, seconds=round(self._limits.seconds / _SHARE, 3)) if hangs else self._limits

    def _mind_absence(self, answer: Answer) -> None:
        """Wait for a target that can't be reached, not for one that can be but is refused."""
        if answer.final:
            msg = f"the target can't be tested: {answer.failure}"
            raise TargetError(msg)
        if time.perf_counter() - self._away(answer) >= self._limits.away_seconds:
            msg = f"the target went away: {answer.failure}, for {self._limits.away_seconds:g} s"
            raise TargetError(msg)

    def _excused(self, answer: Answer) -> Answer:
        """A request that was under way when the target went away tells nothing, the first time that it goes."""
        self._away(answer)
        return replace(answer, failure=_LOST) if self._absences <= 1 else answer

    def _away(self, answer: Answer) -> float:
        """Since when the target can't be reached."""
        if self._gone_since is None:
            self._gone_since = time.perf_counter()
            self._absences += 1
            seconds = self._limits.away_seconds
            self._tell(f"the target can't be reached ({answer.failure}): it is tried again for {seconds:g} s")
        return self._gone_since

    def _back(self) -> None:
        if self._gone_since is not None:
            self._tell(f"the target was away for {time.perf_counter() - self._gone_since:.0f} s, and is there again")
            self._gone_since = None

    def exhausted(self, answer: Answer, asked: float) -> str | None:
        """Why a target is given up that gives no whole answer, None as long as it is not.

        `asked`: when the request went, by `time.perf_counter`. What hung at the same time is counted once.
        What is not read to its end, and so is not judged, is told.
        """
        trouble = answer.failure or (answer.response.cut if answer.response else None)
        if answer.response is not None and trouble is None:
            self._useless, self._hung, self._answers = 0, 0.0, True
        elif trouble and trouble.startswith(_TIMED_OUT):
            now = time.perf_counter()
            lost, self._counted_until = max(0.0, now - max(asked, self._counted_until)), now
            self._hung, self._hung_in_all = self._hung + lost, self._hung_in_all + lost
        elif trouble and trouble.startswith(_UNREAD if self._answers else _NO_ANSWER):
            self._useless += 1
        if trouble and trouble.startswith(_UNREAD):
            self._tell_once(f"answers are not judged, since they can't be read to their end: {trouble}")
        if answer.trailed:
            self._tell_once("bytes came after the end of an answer; they are taken for no answer of their own")
        return self._reason(trouble)

    def _tell_once(self, text: str) -> None:
        kind = text[:_ALIKE]
        if kind not in self._told:
            self._told.add(kind)
            self._tell(text)

    def _reason(self, trouble: str | None) -> str | None:
        hung, hung_in_all = self._hung / self._limits.seconds, self._hung_in_all / self._limits.seconds
        if hung >= (_HANGS_LATER if self._answers else _HANGS_AT_FIRST):
            return f"the target hangs: {trouble}, and nothing else for {self._hung:.3g} s"
        if hung_in_all >= _HANGS_IN_ALL:
            return f"the target hangs too often: {trouble} and the like, {self._hung_in_all:.3g} s in all"
        if self._useless >= (_USELESS_LATER if self._answers else _USELESS_AT_FIRST):
            return f"the target gives no whole answer: {trouble}, {self._useless} times in a row"
        return None
