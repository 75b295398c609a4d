"""Plays cases against a target: within the budget, at the pace, everything journalled."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from errorcontract.errors import BudgetSpentError, TargetError
from errorcontract.exchange.answer import Answer
from errorcontract.exchange.client import Client
from errorcontract.exchange.journal import Journal
from errorcontract.exchange.pace import Pace
from errorcontract.model import Case, Exchange, Request, Step, Trace

_GIVE_UP_AFTER = 5  # connections refused in a row, with growing pauses between
_WORTHLESS_AT_FIRST, _WORTHLESS_LATER = 3, 32  # answers without end in a row, before and after the first whole one
_WORTHLESS_IN_ALL = 48  # each of them may have cost half a minute
_LONGEST_HOLD = 65.0
TOO_MANY = 429
_WITHOUT_END = (
    "no complete answer within",
    "the body did not end within",
    "longer than",
    "expands to",
    "the answer's header section",
)
_WORTHLESS = (*_WITHOUT_END, "the answer is not HTTP", "the connection was closed", "the connection broke off")


@dataclass(slots=True)
class Record:
    """What all stages of a run share: the journal, the numbers of exchanges, and who is told of each."""

    journal: Journal
    notice: Callable[[Exchange], None] = lambda _: None
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))


class Stage:
    """Where cases meet one target. `sent` counts its requests, `held` the answers that asked it to slow down."""

    def __init__(self, client: Client, pace: Pace, record: Record, url: str, budget: int | None) -> None:
        self._client, self._pace, self._record, self.url = client, pace, record, url
        self._budget = budget
        self.sent = 0
        self.held = 0
        self._unreachable = 0
        self._worthless = self._wasted = 0
        self._answers = False
        self._hold_until = 0.0

    @property
    def left(self) -> int | None:
        """Requests that the budget still allows; None: no limit."""
        return None if self._budget is None else self._budget - self.sent

    async def play_all(self, cases: Sequence[Case]) -> list[Trace]:
        """Play cases side by side, those marked `alone` one after the other. Traces come in the order of the cases."""
        together = [case for case in cases if not case.alone]
        traces = {id(case): trace for case, trace in zip(together, await self._together(together), strict=True)}
        for case in cases:
            if case.alone:
                traces[id(case)] = await self.play(case)
        return [traces[id(case)] for case in cases]

    async def _together(self, cases: Sequence[Case]) -> list[Trace]:
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self.play(case)) for case in cases]
        except ExceptionGroup as problems:
            raise problems.exceptions[0] from None
        return [task.result() for task in tasks]

    async def play(self, case: Case) -> Trace:
        """Play one case to its end, or to the step that can't be made."""
        done: dict[str, Exchange] = {}
        played: list[tuple[Step, Exchange]] = []
        for step in case.steps:
            if step.pause:
                await asyncio.sleep(step.pause(done))
            requests = [request for _ in range(step.copies) if (request := step.make(done)) is not None]
            if not requests:
                break
            exchanges = await self._send_at_once(requests, case, step)
            played += [(step, exchange) for exchange in exchanges]
            done |= {exchange.step: exchange for exchange in exchanges}
            done[step.name] = exchanges[0]
        return Trace(case=case, exchanges=tuple(played))

    async def _send_at_once(self, requests: Sequence[Request], case: Case, step: Step) -> list[Exchange]:
        for _ in requests:
            await self._pace.wait()
        await asyncio.sleep(max(0.0, self._hold_until - time.monotonic()))
        self._spend(len(requests))
        if len(requests) == 1:
            return [await self._send(requests[0], case, step.name)]
        names = [f"{step.name}#{index}" for index in range(len(requests))]
        return await asyncio.gather(
            *(self._send(request, case, name) for request, name in zip(requests, names, strict=True))
        )

    def _spend(self, requests: int) -> None:
        if self.left is not None and requests > self.left:
            raise BudgetSpentError
        self.sent += requests

    async def _send(self, request: Request, case: Case, step: str) -> Exchange:
        number, started, clock = next(self._record.numbers), time.time(), time.perf_counter()
        answer = await self._client.send(request)
        exchange = Exchange(
            number=number,
            case=case.id,
            step=step,
            request=request,
            response=answer.response,
            failure=answer.failure,
            started=started,
            seconds=time.perf_counter() - clock,
        )
        self._record.journal.exchange(exchange, case, self.url)
        self._record.notice(exchange)
        self._mind_limit(exchange, case)
        await self._mind_absence(answer)
        self._mind_waste(answer)
        return exchange

    def _mind_limit(self, exchange: Exchange, case: Case) -> None:
        """Send nothing for as long as a 429 asks. What it answered is not sent again."""
        response = exchange.response
        if response is None or response.status != TOO_MANY or case.about == "burst" or _awaits_it(case):
            return
        told = response.header("Retry-After") or ""
        seconds = float(told) if told.isascii() and told.isdigit() else 1.0
        self.held += 1
        self._hold_until = time.monotonic() + min(seconds, _LONGEST_HOLD)

    def _mind_waste(self, answer: Answer) -> None:
        """Give a target up that only costs time: no answer, or answers without an end."""
        trouble = answer.failure or (answer.response.cut if answer.response else None)
        if answer.response is not None and trouble is None:
            self._worthless, self._answers = 0, True
        elif trouble and trouble.startswith(_WITHOUT_END if self._answers else _WORTHLESS):
            self._worthless += 1
            self._wasted += 1
        if self._worthless >= (_WORTHLESS_LATER if self._answers else _WORTHLESS_AT_FIRST):
            msg = f"the target gives no whole answer: {trouble}, {self._worthless} times in a row"
            raise TargetError(msg)
        if self._wasted >= _WORTHLESS_IN_ALL:
            msg = f"the target too often gives no whole answer: {trouble} and the like, {self._wasted} times"
            raise TargetError(msg)

    async def _mind_absence(self, answer: Answer) -> None:
        self._unreachable = self._unreachable + 1 if answer.unreachable else 0
        if self._unreachable >= _GIVE_UP_AFTER:
            msg = f"the target went away: {answer.failure}, {self._unreachable} times in a row"
            raise TargetError(msg)
        if answer.unreachable:
            await asyncio.sleep(self._unreachable * 0.5)


def _awaits_it(case: Case) -> bool:
    """Whether a case is about a 429 of its own, which says nothing of how fast the run may go."""
    return any(TOO_MANY in step.promise.statuses for step in case.steps)
