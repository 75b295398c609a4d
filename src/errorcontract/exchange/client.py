"""Sends one request and takes whatever comes back, within limits of time and size."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from errorcontract.exchange.address import Address, UnreachableError
from errorcontract.exchange.answer import Answer, Limits, answer
from errorcontract.exchange.head import Head
from errorcontract.exchange.incoming import Incoming
from errorcontract.exchange.masking import Mask
from errorcontract.exchange.pool import Pool
from errorcontract.exchange.secrets import Secrets
from errorcontract.exchange.start import Lane, lanes
from errorcontract.model import Request


class Client:
    """Keep-alive connections to one target. Follows no redirect, keeps no cookie, asks no proxy."""

    def __init__(self, base_url: str, secrets: Secrets, mask: Mask, limits: Limits) -> None:
        self.limits, self._mask = limits, mask
        self._head = Head(base_url, secrets)
        self._address = Address(base_url, limits.connect_seconds)
        self._pools: dict[str | None, Pool] = {}

    async def at_once(self, requests: Sequence[Request], late: Sequence[float]) -> tuple[list[Lane], asyncio.Event]:
        """A lane for each of several requests, opened now; what is sent in them goes when the event is set."""
        return await lanes([self._pool(request.source) for request in requests], list(late))

    async def send(self, request: Request, lane: Lane | None = None, limits: Limits | None = None) -> Answer:
        """Send it once. Never raises for what the target does."""
        limits = limits or self.limits
        try:
            message, framed = self._head.message(request)
        except ValueError as problem:
            if lane and lane.connection:
                lane.give_back(lane.connection)
            words = "a character that has no encoding" if isinstance(problem, UnicodeError) else str(problem)
            return Answer(response=None, failure=f"the request can't be sent: {words}")
        try:
            incoming = await self._exchange(request, message, lane, limits, framed=framed)
        except UnreachableError as problem:
            return Answer(response=None, failure=f"no connection: {problem}", unreachable=True, final=problem.final)
        except TimeoutError:
            return Answer(response=None, failure=f"no connection was free within {limits.seconds:g} s")
        return answer(incoming, limits, self._mask)

    async def reaches(self, source: str | None) -> bool:
        """Whether a connection can be made now."""
        deadline = asyncio.get_running_loop().time() + self.limits.connect_seconds
        try:
            connection = await self._address.connect(source, deadline)
        except (UnreachableError, TimeoutError):
            return False
        connection.close()
        return True

    async def _exchange(
        self, request: Request, message: bytes, lane: Lane | None, limits: Limits, *, framed: bool
    ) -> Incoming:
        if lane:
            await lane.go()
        deadline = asyncio.get_running_loop().time() + limits.seconds
        place = lane or self._pool(request.source)
        connection = await place.take(deadline)
        try:
            incoming = Incoming(to_head=request.method == "HEAD", most=limits.body_bytes)
            await connection.ask(message, incoming, deadline)
            if framed:  # the target may have seen another end of the request than we did
                connection.close()
        finally:
            place.give_back(connection)
        return incoming

    def _pool(self, source: str | None) -> Pool:
        if source not in self._pools:
            self._pools[source] = Pool(self._address, source, self.limits.connections)
        return self._pools[source]

    async def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            pool.close()
        self._pools.clear()
        await asyncio.sleep(0)  # the loop gives the sockets back in its next turn
