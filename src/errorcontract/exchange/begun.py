"""A case that is played while others are."""

from __future__ import annotations

import asyncio
import time

from errorcontract.model import Trace

_PUNCTUAL = 0.25  # seconds by which a pause may be too long for who is not patient


class Begun:
    """It goes alone, and rests while others go. `late`: it went on later than it meant to. `has_turn`: it may send."""

    def __init__(self, turn: asyncio.Lock) -> None:
        self.task: asyncio.Task[Trace]
        self.rests = asyncio.Event()
        self.late = False
        self.has_turn = True
        self._turn = turn

    async def rest(self, seconds: float) -> None:
        """Give its turn away for so long."""
        due = time.monotonic() + seconds
        self._turn.release()
        self.has_turn = False
        self.rests.set()
        await asyncio.sleep(seconds)
        await self._turn.acquire()
        self.has_turn = True
        self.late = self.late or time.monotonic() - due > _PUNCTUAL

    def over(self, _: asyncio.Task[Trace]) -> None:
        """It does not go on."""
        self.rests.set()
