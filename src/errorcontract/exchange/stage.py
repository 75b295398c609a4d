"""Plays cases against a target: within the budget, at the pace, everything journalled."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from errorcontract.errors import BudgetSpentError, HarnessError, JournalError, TargetError
from errorcontract.exchange.client import Client
from errorcontract.exchange.journal import Journal
from errorcontract.exchange.pace import Pace
from errorcontract.exchange.patience import Patience
from errorcontract.exchange.start import Lane
from errorcontract.model import Answers, Case, Exchange, Request, Step, Trace, moments

_LONGEST_HOLD = 65.0
_PUNCTUAL = 0.25  # seconds by which a pause may be too long for who is not patient
_SHOWN = "another round of the same race had shown enough"
TOO_MANY = 429


@dataclass(slots=True)
class Record:
    """What all stages of a run share: the journal, the numbers of exchanges, and who is told of each."""

    journal: Journal
    notice: Callable[[Exchange], None] = lambda _: None
    say: Callable[[str], None] = lambda _: None
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def tell(self, text: str) -> None:
        """Note what a reader must know of the target, and say it at once."""
        self.journal.write("note", {"text": text})
        self.say(text)


class Stage:
    """Where cases meet one target. `sent` counts its requests, `held` the answers that asked it to slow down.

    `ended` is why nothing more is sent, as the target was given up or nothing can be recorded. What was played until
    then can be judged.
    """

    def __init__(self, client: Client, pace: Pace, record: Record, url: str, budget: int | None) -> None:
        self._client, self._pace, self._record, self.url = client, pace, record, url
        self._budget = budget
        self.sent = 0
        self.held = 0
        self.ended: HarnessError | None = None
        self._patience = Patience(client, record.tell)
        self._under_way: list[asyncio.Task[Trace]] = []
        self._begun: dict[str, _Begun] = {}
        self._turn = asyncio.Lock()  # of what goes alone
        self._hold_until = 0.0
        self._held_since: float | None = None

    @property
    def left(self) -> int | None:
        """Requests that the budget still allows; None: no limit."""
        return None if self._budget is None else self._budget - self.sent

    def check(self) -> None:
        """Raise why nothing more is sent, if so."""
        if self.ended:
            raise self.ended

    async def play_all(self, cases: Sequence[Case]) -> list[Trace]:
        """Play cases side by side, those marked `alone` one after the other. Traces come in the order of the cases."""
        traces = {id(case): await self._rest(case) for case in cases if self.has_begun(case)}
        left = [case for case in cases if id(case) not in traces]
        if left:
            self.check()
        together = [case for case in left if not case.alone]
        traces |= {id(case): trace for case, trace in zip(together, await self._together(together), strict=True)}
        shown: set[str | None] = set()
        for case in left:
            if case.alone:
                spared = case.series is not None and case.series in shown
                traces[id(case)] = Trace(case=case, exchanges=(), spared=_SHOWN) if spared else await self._alone(case)
                shown |= {case.series} if case.enough(traces[id(case)]) else set()
        return [traces[id(case)] for case in cases]

    async def begin(self, cases: Sequence[Case]) -> None:
        """Play cases, one after the other, up to their first pause. The rest comes while others are played."""
        for case in cases:
            if self.ended:
                break
            self._spend(case.cost)
            begun = self._begun[case.id] = _Begun()
            begun.task = asyncio.create_task(self._alone(case, begun))
            begun.task.add_done_callback(begun.over)
            await begun.rests.wait()

    def has_begun(self, case: Case) -> bool:
        """Whether a case is on its way, or over, and its trace was not asked for yet."""
        return case.id in self._begun

    async def _rest(self, case: Case) -> Trace:
        """The trace of a case that was begun. One that others kept from going on in time is played again."""
        begun = self._begun.pop(case.id)
        trace = await begun.task
        self.sent -= case.cost - len(trace.exchanges)
        return trace if case.patient or not begun.late or self.ended else await self._alone(case)

    async def _alone(self, case: Case, begun: _Begun | None = None) -> Trace:
        await self._turn.acquire()
        try:
            return await self.play(case, begun)
        finally:
            if begun is None or begun.has_turn:
                self._turn.release()

    async def _together(self, cases: Sequence[Case]) -> list[Trace]:
        try:
            async with asyncio.TaskGroup() as group:
                tasks = self._under_way = [group.create_task(self.play(case)) for case in cases]
        except ExceptionGroup as problems:
            raise problems.exceptions[0] from None
        return [task.result() for task in tasks]

    async def play(self, case: Case, begun: _Begun | None = None) -> Trace:
        """Play one case to its end, to the step that can't be made, or until the target is given up."""
        played: list[tuple[Step, Exchange]] = []
        try:
            await self._play(case, played, begun)
        except TargetError as problem:
            self._give_up(problem)
        except asyncio.CancelledError:
            if self.ended is None:
                raise
        return Trace(case=case, exchanges=tuple(played))

    def _give_up(self, problem: HarnessError) -> None:
        if self.ended:
            return
        self.ended = problem
        for task in (*self._under_way, *(begun.task for begun in self._begun.values())):
            if task is not asyncio.current_task():
                task.cancel()

    async def _play(self, case: Case, played: list[tuple[Step, Exchange]], begun: _Begun | None) -> None:
        done: dict[str, Exchange] = {}
        for moment in moments(case.steps):
            if moment[0].pause and not self.ended:
                await self._pause(moment[0].pause(done), begun)
            calls = [call for step in moment for call in _calls(step, done)]
            if self.ended or not (calls or moment[0].optional):
                break
            if not calls:
                continue
            if begun is None:
                self._spend(len(calls))
            exchanges = await self._send_moment(calls, case)
            for call, exchange in zip(calls, exchanges, strict=True):
                played.append((call.step, exchange))
                done[exchange.step] = exchange
                done.setdefault(call.step.name, exchange)

    async def _pause(self, seconds: float, begun: _Begun | None) -> None:
        if begun is None:
            await asyncio.sleep(seconds)
            return
        due = time.monotonic() + seconds
        self._turn.release()
        begun.has_turn = False
        begun.rests.set()
        await asyncio.sleep(seconds)
        await self._turn.acquire()
        begun.has_turn = True
        begun.late = begun.late or time.monotonic() - due > _PUNCTUAL

    async def _send_moment(self, calls: Sequence[_Call], case: Case) -> list[Exchange]:
        for _ in calls:
            await self._pace.wait()
        await asyncio.sleep(max(0.0, self._hold_until - time.monotonic()))
        if len(calls) == 1:
            return [await self._send(calls[0].request, case, calls[0].step.name)]
        return await self._send_at_once(calls, case)

    async def _send_at_once(self, calls: Sequence[_Call], case: Case) -> list[Exchange]:
        """Several requests, each on a connection of its own that is open before any of them goes."""
        ways, start = await self._client.at_once([call.request for call in calls], [call.late for call in calls])
        sent = [
            asyncio.ensure_future(self._send(call.request, case, f"{call.step.name}#{index}", lane))
            for index, (call, lane) in enumerate(zip(calls, ways, strict=True))
        ]
        await asyncio.sleep(0)  # until each of them stands at the start
        start.set()
        return await asyncio.gather(*sent)

    def _spend(self, requests: int) -> None:
        if self.left is not None and requests > self.left:
            raise BudgetSpentError
        self.sent += requests

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
        self._record.journal.exchange(exchange, case, self.url)
        self._record.notice(exchange)
        self._mind_limit(exchange, case)
        if trouble := self._record.journal.trouble:
            self._give_up(JournalError(f"the journal can't be written: {trouble}"))
        if reason := self._patience.exhausted(answer, clock + waited):
            self._give_up(TargetError(reason))
        return exchange

    def _mind_limit(self, exchange: Exchange, case: Case) -> None:
        """Send nothing for as long as a 429 asks. What it answered is not sent again."""
        response = exchange.response
        if response is None or response.status != TOO_MANY or case.about == "burst" or _awaits_it(case):
            self._held_since = None if response and response.status != TOO_MANY else self._held_since
            return
        told = response.header("Retry-After") or ""
        seconds = float(told) if told.isascii() and told.isdigit() else 1.0
        self.held += 1
        self._hold_until = time.monotonic() + min(seconds, _LONGEST_HOLD)
        self._held_since = self._held_since or time.monotonic()
        if self._hold_until - self._held_since > self._client.limits.held_seconds:
            self._give_up(TargetError("the target answers nothing but 429, too many requests; a lower --rate helps"))


class _Begun:
    """A case that is played while others are. `late`: it went on later than it meant to. `has_turn`: it may send."""

    def __init__(self) -> None:
        self.task: asyncio.Task[Trace]
        self.rests = asyncio.Event()
        self.late = False
        self.has_turn = True

    def over(self, _: asyncio.Task[Trace]) -> None:
        """It does not go on."""
        self.rests.set()


@dataclass(frozen=True, slots=True)
class _Call:
    """A request of a step, and the seconds by which it comes after the moment of the step."""

    step: Step
    request: Request
    late: float


def _calls(step: Step, done: Answers) -> Iterator[_Call]:
    for number in range(step.copies):
        request = step.make(done)
        if request is not None:
            yield _Call(step, request, step.late[number] if number < len(step.late) else 0.0)


def _awaits_it(case: Case) -> bool:
    """Whether a case is about a 429 of its own, which says nothing of how fast the run may go."""
    return any(TOO_MANY in step.promise.statuses for step in case.steps)
