"""HTTP/1 as raw as a script needs it: answers that are lost, reset or broken off, on connections that live on."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

import httptools

from errorcontract.audit.reply import CLOSED, PARTIAL, RESET, WHOLE, Reply
from errorcontract.model import Headers, first_header

_KEPT_BYTES = 1024 * 1024  # of a request's body
_LONGEST_HEAD = 256 * 1024
_AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: a close sends a reset
_BODILESS = frozenset({204, 304})


@dataclass(slots=True)
class Incoming:
    """A request on its way in."""

    arrived: float
    method: str = ""
    target: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)
    version: str = "1.1"
    keeps: bool = True


Answerer = Callable[[Incoming], Reply]
"""Decides what a request is answered."""
Sent = Callable[[Incoming, Reply, float], None]
"""Is told when an answer is out."""


class Connection(asyncio.Protocol):
    """One connection of a client. What it can't read as HTTP it answers with 400, and closes."""

    def __init__(self, answer: Answerer, sent: Sent) -> None:
        self._answer, self._sent = answer, sent
        self._loop = asyncio.get_running_loop()
        self._parser = httptools.HttpRequestParser(self)
        self._whole: deque[Incoming] = deque()
        self._current: Incoming | None = None
        self._arrived = 0.0
        self._head = 0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        self._transport = transport if isinstance(transport, asyncio.Transport) else None

    def data_received(self, data: bytes) -> None:
        """Read on; answer what is whole, in order."""
        self._arrived = self._loop.time()
        self._head += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            pass  # the offer is not taken: the request is answered as any other
        except httptools.HttpParserError:
            self._refuse()
            return
        while self._whole:
            self._reply(self._whole.popleft())
        if self._head > _LONGEST_HEAD:
            self._refuse()

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._current = Incoming(arrived=self._arrived)

    def on_url(self, url: bytes) -> None:
        """A part of its target."""
        if self._current:
            self._current.target += url.decode("latin-1")

    def on_header(self, name: bytes, value: bytes) -> None:
        """One of its headers."""
        if self._current:
            self._current.headers.append((name.decode("latin-1"), value.decode("latin-1").strip()))

    def on_headers_complete(self) -> None:
        """Its head is whole: a client that waits for leave to send the body gets it."""
        current = self._current
        if current is None or self._transport is None:
            return
        current.method = self._parser.get_method().decode()
        current.version = self._parser.get_http_version()
        current.keeps = self._parser.should_keep_alive()
        if (first_header(tuple(current.headers), "Expect") or "").lower() == "100-continue":
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def on_body(self, body: bytes) -> None:
        """A part of its body, however long that is."""
        self._head = 0
        if self._current and len(self._current.body) < _KEPT_BYTES:
            self._current.body += body[: _KEPT_BYTES - len(self._current.body)]

    def on_message_complete(self) -> None:
        """It is whole."""
        self._head = 0
        if self._current:
            self._whole.append(self._current)
            self._current = None

    def _refuse(self) -> None:
        if self._transport:
            self._transport.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            self._transport.close()

    def _reply(self, incoming: Incoming) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        reply = self._answer(incoming)
        now = self._loop.time()  # before the first byte: a client can't know of it sooner, however busy the machine is
        if reply.how == RESET:
            _reset(transport)
        elif reply.how == CLOSED:
            transport.close()
        else:
            transport.write(_bytes_of(incoming, reply))
            if reply.how == PARTIAL or not incoming.keeps:
                transport.close()
        self._sent(incoming, reply, now)


def _reset(transport: asyncio.Transport) -> None:
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    transport.abort()


def _bytes_of(incoming: Incoming, reply: Reply) -> bytes:
    closes = reply.how != WHOLE or not incoming.keeps
    framing: Headers = () if reply.status in _BODILESS else (("Content-Length", str(len(reply.body))),)
    connection: Headers = (("Connection", "close" if closes else "keep-alive"),)
    lines = [f"HTTP/1.1 {reply.status} {_reason(reply.status)}"]
    lines += [f"{name}: {value}" for name, value in (*reply.headers, *framing, *connection)]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    if incoming.method == "HEAD" or reply.status in _BODILESS:
        return head
    return head + (reply.body[: len(reply.body) // 2] if reply.how == PARTIAL else reply.body)


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
