"""Keep-alive connections, shared by all requests to one target."""

from __future__ import annotations

import asyncio
import time

from errorcontract.exchange.address import Address
from errorcontract.exchange.connection import Connection

_IDLE_SECONDS = 1.5  # servers close idle connections after 2 s and more; a request must not meet that moment


class Pool:
    """Connections from one address: at most so many at once, first come, first served; idle ones are used again."""

    def __init__(self, address: Address, source: str | None, most: int) -> None:
        self._address, self._source = address, source
        self._places, self._most = asyncio.Semaphore(most), most
        self._idle: list[Connection] = []
        self._busy: set[Connection] = set()
        self._sweep: asyncio.TimerHandle | None = None

    async def take(self, deadline: float) -> Connection:
        """A connection for one request, to be given back. Raises UnreachableError and TimeoutError."""
        if self._places.locked():
            async with asyncio.timeout_at(deadline):
                await self._places.acquire()
        else:
            await self._places.acquire()
        try:
            connection = self._fresh() or await self._address.connect(self._source, deadline)
        except BaseException:
            self._places.release()
            raise
        self._busy.add(connection)
        return connection

    async def reserve(self, number: int, deadline: float) -> list[Connection]:
        """So many open connections at once, as far as the target gives them, beyond the limit if need be.

        They are given back with `keep`.
        """
        idle = [one for _ in range(number) if (one := self._fresh()) is not None]
        tried = (self._address.connect(self._source, deadline) for _ in range(number - len(idle)))
        opened = await asyncio.gather(*tried, return_exceptions=True)
        found = [*idle, *(one for one in opened if isinstance(one, Connection))]
        self._busy.update(found)
        return found

    def keep(self, connection: Connection) -> None:
        """Take a connection back that was reserved."""
        self._busy.discard(connection)
        if len(self._idle) >= self._most:
            connection.close()
        if connection.open:
            self._idle.append(connection)
            self._sweep = self._sweep or asyncio.get_running_loop().call_later(_IDLE_SECONDS, self._close_old)

    def _fresh(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.open and time.monotonic() - connection.idle_since < _IDLE_SECONDS and not connection.stirred:
                return connection
            connection.close()
        return None

    def give_back(self, connection: Connection) -> None:
        """Let the next one have it, or its place."""
        self._places.release()
        self.keep(connection)

    def _close_old(self) -> None:
        old, self._sweep = time.monotonic() - _IDLE_SECONDS, None
        for connection in self._idle:
            if connection.idle_since <= old:
                connection.close()
        self._idle = [connection for connection in self._idle if connection.open]
        if self._idle:
            self._sweep = asyncio.get_running_loop().call_later(_IDLE_SECONDS, self._close_old)

    def close(self) -> None:
        """Close every connection."""
        if self._sweep:
            self._sweep.cancel()
        for connection in (*self._idle, *self._busy):
            connection.close()
