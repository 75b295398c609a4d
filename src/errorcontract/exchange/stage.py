"""Plays cases against a target: within the budget, side by side or alone, until it is given up."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from errorcontract.errors import BudgetSpentError, HarnessError, TargetError
from errorcontract.exchange.begun import Begun
from errorcontract.exchange.calls import calls_of
from errorcontract.exchange.client import Client
from errorcontract.exchange.pace import Pace
from errorcontract.exchange.record import Record
from errorcontract.exchange.sending import Sending
from errorcontract.model import Case, Exchange, Step, Trace, moments

_SHOWN = "another round of the same race had shown enough"


class Stage:
    """Where cases meet one target. `sent` counts its requests.

    `ended` is why nothing more is sent, as the target was given up or nothing can be recorded. What was played until
    then can be judged.
    """

    def __init__(self, client: Client, pace: Pace, record: Record, url: str, budget: int | None) -> None:
        self.url, self._budget = url, budget
        self.sent = 0
        self.ended: HarnessError | None = None
        self._sending = Sending(client, pace, record, url, self._give_up)
        self._under_way: list[asyncio.Task[Trace]] = []
        self._begun: dict[str, Begun] = {}
        self._turn = asyncio.Lock()  # of what goes alone

    @property
    def left(self) -> int | None:
        """Requests that the budget still allows; None: no limit."""
        return None if self._budget is None else self._budget - self.sent

    @property
    def held(self) -> int:
        """Answers that asked it to slow down."""
        return self._sending.throttle.held

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
        traces |= await self._one_by_one([case for case in left if case.alone])
        return [traces[id(case)] for case in cases]

    async def _one_by_one(self, cases: Sequence[Case]) -> dict[int, Trace]:
        """Their traces by the identity of the case; of a series, those after one that showed enough are spared."""
        traces: dict[int, Trace] = {}
        shown: set[str | None] = set()
        for case in cases:
            spared = case.series is not None and case.series in shown
            trace = Trace(case=case, exchanges=(), spared=_SHOWN) if spared else await self._alone(case)
            traces[id(case)] = trace
            shown |= {case.series} if case.enough(trace) else set()
        return traces

    async def begin(self, cases: Sequence[Case]) -> None:
        """Play cases, one after the other, up to their first pause. The rest comes while others are played."""
        for case in cases:
            if self.ended:
                break
            self._spend(case.cost)
            begun = self._begun[case.id] = Begun(self._turn)
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

    async def _alone(self, case: Case, begun: Begun | None = None) -> Trace:
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

    async def play(self, case: Case, begun: Begun | None = None) -> Trace:
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

    async def _play(self, case: Case, played: list[tuple[Step, Exchange]], begun: Begun | None) -> None:
        done: dict[str, Exchange] = {}
        for moment in moments(case.steps):
            if moment[0].pause and not self.ended:
                seconds = moment[0].pause(done)
                await (asyncio.sleep(seconds) if begun is None else begun.rest(seconds))
            calls = [call for step in moment for call in calls_of(step, done)]
            if self.ended or not (calls or moment[0].optional):
                break
            if not calls:
                continue
            if begun is None:
                self._spend(len(calls))
            exchanges = await self._sending.moment(calls, case)
            for call, exchange in zip(calls, exchanges, strict=True):
                played.append((call.step, exchange))
                done[exchange.step] = exchange
                done.setdefault(call.step.name, exchange)

    def _spend(self, requests: int) -> None:
        if self.left is not None and requests > self.left:
            raise BudgetSpentError
        self.sent += requests
