"""One connection to a target, which carries one request at a time."""

from __future__ import annotations

import asyncio
import select
import socket
import time
from typing import cast

from errorcontract.exchange.incoming import Incoming

_SURPLUS_SECONDS = 0.02  # in which a body that does not belong to an answer follows its head
_SURPLUS_SECONDS_HERE = 0.005  # the same on this machine


class Connection(asyncio.Protocol):
    """A connection that carries one request at a time."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.idle_since = 0.0
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._incoming: Incoming | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._deadline = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._surplus_seconds = _SURPLUS_SECONDS

    @property
    def open(self) -> bool:
        """Whether it can carry another request."""
        return self._transport is not None and not self._transport.is_closing()

    @property
    def new(self) -> bool:
        """Whether it has not carried any request."""
        return self.idle_since == 0.0

    @property
    def stirred(self) -> bool:
        """Whether something has come, or its end, while nothing was asked: the next answer could be taken from it."""
        plain = self._transport.get_extra_info("socket") if self._transport else None
        if plain is None or plain.fileno() < 0:
            return True
        waiting = select.poll()
        waiting.register(plain.fileno(), select.POLLIN)
        return bool(waiting.poll(0))

    async def ask(self, request: bytes, incoming: Incoming, deadline: float) -> None:
        """Send it and wait until the answer is there, or can't come any more. Closes what can't be used again."""
        if self._transport is None or self._transport.is_closing():
            incoming.lost(None)
            return
        self._incoming, self._waiter, self._deadline = incoming, self._loop.create_future(), deadline
        if self._timer is None:  # a timer serves many requests: each moves the deadline on
            self._timer = self._loop.call_at(deadline, self._look_at_clock)
        try:
            self._transport.write(request)
            await self._waiter
            if incoming.bodiless:
                await asyncio.sleep(self._surplus_seconds)
        finally:
            self._incoming = self._waiter = None
            incoming.forget_parser()
            if not incoming.reusable or (self._transport and self._transport.get_write_buffer_size()):
                self.close()
        self.idle_since = time.monotonic()

    def close(self) -> None:
        """Close it at once."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._transport:
            self._transport.abort()
            self._transport = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        self._transport = cast("asyncio.Transport", transport)
        peer = transport.get_extra_info("peername") or ("",)
        if str(peer[0]).startswith("127.") or peer[0] == "::1":
            self._surplus_seconds = _SURPLUS_SECONDS_HERE
        if plain := transport.get_extra_info("socket"):
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        """Called by the loop. What nobody asked for makes the connection useless."""
        if self._incoming is None:
            self.close()
        elif self._incoming.feed(data):
            self._wake()

    def eof_received(self) -> None:
        """Called by the loop."""
        self.connection_lost(None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop."""
        if self._incoming is not None and self._waiter is not None and not self._waiter.done():
            self._incoming.lost(exc)
            self._wake()
        self.close()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _look_at_clock(self) -> None:
        self._timer = None
        if self._incoming is None:
            return
        if self._loop.time() < self._deadline:
            self._timer = self._loop.call_at(self._deadline, self._look_at_clock)
            return
        self._incoming.timed_out = True
        self._wake()
