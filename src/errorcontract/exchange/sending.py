"""Sends the requests of a moment, at the pace, and keeps what came back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from errorcontract.errors import HarnessError, JournalError, TargetError
from errorcontract.exchange.answer import Answer
from errorcontract.exchange.calls import Call
from errorcontract.exchange.client import Client
from errorcontract.exchange.pace import Pace
from errorcontract.exchange.patience import Patience
from errorcontract.exchange.record import Record
from errorcontract.exchange.start import Lane
from errorcontract.exchange.throttle import Throttle
from errorcontract.model import Case, Exchange, Request

_NOTHING_BUT_429 = "the target answers nothing but 429, too many requests; a lower --rate helps"


class Sending:
    """The way to one target. `give_up` is told why nothing more should be sent."""

    def __init__(
        self, client: Client, pace: Pace, record: Record, url: str, give_up: Callable[[HarnessError], None]
    ) -> None:
        self._client, self._pace, self._record, self._url, self._give_up = client, pace, record, url, give_up
        self._patience = Patience(client, record.tell)
        self.throttle = Throttle(client.limits.held_seconds)

    async def moment(self, calls: Sequence[Call], case: Case) -> list[Exchange]:
        """Send what belongs to one moment of a case."""
        for _ in calls:
            await self._pace.wait()
        await self.throttle.wait()
        if len(calls) == 1:
            return [await self._send(calls[0].request, case, calls[0].step.name)]
        return await self._at_once(calls, case)

    async def _at_once(self, calls: Sequence[Call], case: Case) -> list[Exchange]:
        """Several requests, each on a connection of its own that is open before any of them goes."""
        ways, start = await self._client.at_once([call.request for call in calls], [call.late for call in calls])
        sent = [
            asyncio.ensure_future(self._send(call.request, case, f"{call.step.name}#{index}", lane))
            for index, (call, lane) in enumerate(zip(calls, ways, strict=True))
        ]
        await asyncio.sleep(0)  # until each of them stands at the start
        start.set()
        return await asyncio.gather(*sent)

    async def _send(self, request: Request, case: Case, step: str, lane: Lane | None = None) -> Exchange:
        number, started, clock = next(self._record.numbers), time.time(), time.perf_counter()
        answer, waited = await self._patience.send(request, lane)
        exchange = Exchange(
            number=number,
            case=case.id,
            step=step,
            request=request,
            response=answer.response,
            failure=answer.failure,
            started=started + waited,
            seconds=time.perf_counter() - clock - waited,
        )
        self._record.journal.exchange(exchange, case, self._url)
        self._record.notice(exchange)
        self._mind(exchange, case, answer, clock + waited)
        return exchange

    def _mind(self, exchange: Exchange, case: Case, answer: Answer, began: float) -> None:
        """Give up where an answer was the last straw, or nothing more can be recorded."""
        if self.throttle.mind(exchange, case):
            self._give_up(TargetError(_NOTHING_BUT_429))
        if trouble := self._record.journal.trouble:
            self._give_up(JournalError(f"the journal can't be written: {trouble}"))
        if reason := self._patience.exhausted(answer, began):
            self._give_up(TargetError(reason))
