"""Requests that go at the same moment: each on a connection of its own, opened beforehand, all released together."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from errorcontract.exchange.connection import Connection
from errorcontract.exchange.pool import Pool

_SETTLING = 0.01  # a server takes a connection a moment after it was opened
_LONGEST_OPENING = 15.0


@dataclass(slots=True)
class Lane:
    """The way of one request: an open connection, None where the target gave no more, and when it may go."""

    pool: Pool
    connection: Connection | None
    start: asyncio.Event
    late: float = 0.0
    waited: float = field(default=0.0, init=False)
    """Seconds that passed until it went."""

    async def go(self) -> None:
        """Wait for the common moment, and as long after it as this request is late."""
        clock = time.perf_counter()
        await self.start.wait()
        if self.late:
            await asyncio.sleep(self.late)
        self.waited = time.perf_counter() - clock

    async def take(self, deadline: float) -> Connection:
        """The connection."""
        return self.connection or await self.pool.take(deadline)

    def give_back(self, connection: Connection) -> None:
        """Let others have it."""
        if connection is self.connection:
            self.pool.keep(connection)
        else:
            self.pool.give_back(connection)


async def lanes(pools: list[Pool], late: list[float]) -> tuple[list[Lane], asyncio.Event]:
    """A lane for each request, by the pool of its source; they go when the event is set."""
    start, deadline = asyncio.Event(), asyncio.get_running_loop().time() + _LONGEST_OPENING
    opened = {pool: await pool.reserve(pools.count(pool), deadline) for pool in dict.fromkeys(pools)}
    if any(connection.new for connections in opened.values() for connection in connections):
        await asyncio.sleep(_SETTLING)
    made = [
        Lane(pool, opened[pool].pop() if opened[pool] else None, start, seconds)
        for pool, seconds in zip(pools, late, strict=True)
    ]
    return made, start
