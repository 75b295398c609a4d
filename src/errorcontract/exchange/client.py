"""Sends one request and takes whatever comes back, within limits of time and size."""

from __future__ import annotations

import asyncio

from errorcontract.exchange.address import Address, UnreachableError
from errorcontract.exchange.answer import Answer, Limits, answer
from errorcontract.exchange.head import Head
from errorcontract.exchange.incoming import Incoming
from errorcontract.exchange.mask import Mask
from errorcontract.exchange.pool import Pool
from errorcontract.exchange.secrets import Secrets
from errorcontract.model import Request


class Client:
    """Keep-alive connections to one target. Follows no redirect, keeps no cookie, asks no proxy."""

    def __init__(self, base_url: str, secrets: Secrets, mask: Mask, limits: Limits) -> None:
        self._limits, self._mask = limits, mask
        self._head = Head(base_url, secrets)
        self._address = Address(base_url, limits.connect_seconds)
        self._pools: dict[str | None, Pool] = {}

    async def send(self, request: Request) -> Answer:
        """Send it once. Never raises for what the target does."""
        try:
            message, framed = self._head.message(request)
        except ValueError as problem:
            words = "a character that has no encoding" if isinstance(problem, UnicodeError) else str(problem)
            return Answer(response=None, failure=f"the request can't be sent: {words}")
        try:
            incoming = await self._exchange(request, message, framed=framed)
        except UnreachableError as problem:
            return Answer(response=None, failure=f"no connection: {problem}", unreachable=True)
        except TimeoutError:
            return Answer(response=None, failure=f"no complete answer within {self._limits.seconds:g} s")
        return answer(incoming, self._limits, self._mask)

    async def _exchange(self, request: Request, message: bytes, *, framed: bool) -> Incoming:
        deadline = asyncio.get_running_loop().time() + self._limits.seconds
        pool = self._pools.get(request.source) or self._open(request.source)
        connection = await pool.take(deadline)
        try:
            incoming = Incoming(to_head=request.method == "HEAD", most=self._limits.body_bytes)
            await connection.ask(message, incoming, deadline)
            if framed:  # the target may have seen another end of the request than we did
                connection.close()
        finally:
            pool.give_back(connection)
        return incoming

    def _open(self, source: str | None) -> Pool:
        pool = self._pools[source] = Pool(self._address, source, self._limits.connections)
        return pool

    async def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            pool.close()
        self._pools.clear()
        await asyncio.sleep(0)  # the loop gives the sockets back in its next turn
