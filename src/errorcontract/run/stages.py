"""Where a run's cases are played: its target, and others for questions that would spoil it for the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from errorcontract.exchange import Client, Mask, Pace, Record, Stage
from errorcontract.model import Case, Trace
from errorcontract.run.settings import Settings
from errorcontract.target import Target

_VOLLEY = 64  # cases under way together; what they answered is judged before the next go


class Stages:
    """One loop, and a stage for each target. `isolate` gives the target of a family that needs one of its own."""

    def __init__(
        self,
        target: Target,
        settings: Settings,
        mask: Mask,
        record: Record,
        isolate: Callable[[str], Target | None],
    ) -> None:
        self._settings, self._mask, self._record, self._isolate = settings, mask, record, isolate
        self._runner = asyncio.Runner(loop_factory=_fast_loop())
        self._clients: list[Client] = []
        self._others: dict[str, Stage] = {}
        self.main = self._stage(target, settings.budget)

    def of(self, family: str) -> Stage:
        """The stage where the cases of a family are played."""
        if family not in self._others:
            other = self._isolate(family)
            self._others[family] = self._stage(other, None) if other else self.main
        return self._others[family]

    def begin(self, stage: Stage, cases: Iterable[Case]) -> None:
        """Begin what can wait while others are played: patient cases, and all of those at a target of their own."""
        self._runner.run(stage.begin([case for case in cases if case.patient or stage is not self.main]))

    def play(self, stage: Stage, cases: Sequence[Case]) -> list[Trace]:
        """Play cases, and wait until the last one is answered."""
        traces: list[Trace] = []

        async def played() -> None:  # with a result of its own, asyncio would spell out all of it, each time and twice
            traces.extend(await stage.play_all(cases))

        self._runner.run(played())
        return traces

    def close(self) -> None:
        """Give every connection back.

        An interrupt in the very moment when a play is over breaks the loop: its connections then end with the process.
        """
        with suppress(RuntimeError):
            self._runner.run(self._close())
            self._runner.close()

    async def _close(self) -> None:
        for client in self._clients:
            await client.close()

    def _stage(self, target: Target, budget: int | None) -> Stage:
        client = Client(target.url, self._settings.secrets, self._mask, self._settings.limits)
        self._clients.append(client)
        return Stage(client, Pace(self._settings.rate), self._record, target.url, budget)


def volleys(cases: Iterable[Case]) -> Iterable[Sequence[Case]]:
    """Cases in portions that may be under way together."""
    left = iter(cases)
    return iter(lambda: list(islice(left, _VOLLEY)), [])


def paid(cases: Sequence[Case], stage: Stage) -> Iterator[Case]:
    """The cases that have begun, and those that what is left of the budget pays for.

    Stories that were played twice have taken from it. At a target that was given up none is begun any more.
    """
    left = 0 if stage.ended else stage.left
    for case in cases:
        if stage.has_begun(case):
            yield case
        elif left is None or case.cost <= left:
            yield case
            left = None if left is None else left - case.cost


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - a faster loop where there is one
    except ImportError:
        return None
    return uvloop.new_event_loop
