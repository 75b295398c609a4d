"""One connection and the answers that come over it, read as they are within limits of size and time."""

from __future__ import annotations

import asyncio
import socket
import time
from typing import cast

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

_HEAD_BYTES = 64 * 1024
_HEAD_LINES = 1000
_MOST_INTERIM = 50
_SWITCHING = 101
_FINAL = 200
_BODILESS = frozenset({204, 304})
_TOO_LARGE = "the answer's header section is larger than"
_CLOSED = "the connection was closed without an answer"
_BROKEN = "the connection broke off"


class Incoming:
    """The answer to one request, as far as it has come. `to_head`: the request was HEAD; `most`: bytes of body."""

    __slots__ = (
        "_broken", "_bytes", "_interim", "_keep", "_lines", "_most", "_parser", "_quiet", "_size", "_to_head",
        "body", "complete", "failure", "headers", "over", "reason", "reusable", "started", "status", "timed_out",
    )  # fmt: skip

    def __init__(self, *, to_head: bool, most: int) -> None:
        self.status, self.reason, self._size = 0, b"", 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body: list[bytes] = []
        self.started = self.complete = self.over = self.reusable = self.timed_out = False
        self.failure: str | None = None
        self._to_head, self._most, self._keep, self._broken = to_head, most, False, False
        self._bytes = self._lines = self._quiet = self._interim = 0
        self._parser = HttpResponseParser(self)
        self._parser.set_dangerous_leniencies(
            lenient_headers=True, lenient_optional_cr_before_lf=True, lenient_spaces_after_chunk_size=True
        )

    def feed(self, data: bytes) -> bool:
        """Take more bytes; whether it has come to its end, good or bad."""
        self._quiet += len(data)
        parser = self._parser
        try:
            parser.feed_data(data)
        except HttpParserUpgrade:
            self.reusable = False
        except HttpParserError as problem:
            self._spoilt(problem)
        self._check_size()
        if self.failure is not None:
            self.started = self.complete = self.reusable = False
        return self.complete or self.over or self._broken or self.failure is not None

    def lost(self, problem: Exception | None) -> None:
        """The connection is gone: only a body that lasts until then is whole (RFC 9112, section 6.3)."""
        if not self.started:
            self.failure = self.failure or (_BROKEN if problem else _CLOSED)
        elif problem is None and not self._delimited():
            self.complete = True

    def forget_parser(self) -> None:
        """Untie it from its parser, which refers back to it."""
        del self._parser

    def first(self, name: bytes) -> bytes | None:
        """The first value of a header, by its name in small letters."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    def on_message_begin(self) -> None:
        """Called by the parser: a message starts, the first, one after an interim one, or one that nobody asked for."""
        if self.complete:
            self.reusable = False
        else:
            self.reason, self.headers = b"", []

    def on_status(self, reason: bytes) -> None:
        """Called by the parser for each part of the reason."""
        if not self.started:
            self.reason += reason

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser for each header, and for each trailer, which is left out."""
        if self.complete:
            return
        self._lines += 1
        self._bytes += len(name) + len(value) + 4
        if b"\0" in value:
            self._refuse("the answer is not HTTP: NUL in a header")
        elif not self.started:
            self.headers.append((name, value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        """Called by the parser. Interim answers are passed over (RFC 9110, section 15.2), save a change of protocol."""
        if self.complete:
            return
        self.status = self._parser.get_status_code()
        if self.status // 100 == 1 and self.status != _SWITCHING:
            self._interim += 1
            return
        self.started = True
        self._keep = self._parser.should_keep_alive() and not self._may_lag()
        self.complete = self._to_head or self.status == _SWITCHING

    def on_body(self, data: bytes) -> None:
        """Called by the parser for each part of the body."""
        if self.complete:
            self.reusable = False
            return
        self._quiet = 0
        self._size += len(data)
        self.body.append(data)
        self.over = self._size > self._most

    def on_message_complete(self) -> None:
        """Called by the parser."""
        if self.started and not self.complete:
            self.complete, self.reusable = True, self._keep

    def _may_lag(self) -> bool:
        """Whether a body may follow where none belongs: the next answer would be taken from it."""
        if self._to_head or self.status == _SWITCHING:
            return True
        return self.status in _BODILESS and self._delimited() and self.first(b"content-length") != b"0"

    def _delimited(self) -> bool:
        """Whether the headers say where the body ends (RFC 9112, section 6.3)."""
        codings = [value for name, value in self.headers if name.lower() == b"transfer-encoding"]
        if codings:
            return codings[-1].lower().rstrip().endswith(b"chunked")
        return self.first(b"content-length") is not None

    def _spoilt(self, problem: HttpParserError) -> None:
        """The rest can't be read. The parser's words are fixed texts, without anything of the target's."""
        self.reusable = False
        self._broken = self.started and not self.complete
        if not self.started:
            self._refuse(f"the answer is not HTTP: {problem}")

    def _check_size(self) -> None:
        if self._interim > _MOST_INTERIM:
            self._refuse(f"the answer is not HTTP: more than {_MOST_INTERIM} interim answers")
        elif self._lines > _HEAD_LINES:
            self._refuse(f"{_TOO_LARGE} {_HEAD_LINES} lines")
        elif self._bytes > _HEAD_BYTES or (self._quiet > _HEAD_BYTES and not self.complete):
            self._refuse(f"{_TOO_LARGE} {_HEAD_BYTES} bytes")

    def _refuse(self, failure: str) -> None:
        self.failure = self.failure or failure


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

    @property
    def open(self) -> bool:
        """Whether it can carry another request."""
        return self._transport is not None and not self._transport.is_closing()

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
