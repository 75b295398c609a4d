"""Sends one request and takes whatever comes back, within limits of time and size."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from errorcontract.exchange.connection import Connection, Incoming
from errorcontract.exchange.decode import decode
from errorcontract.exchange.mask import Mask
from errorcontract.exchange.secrets import Secrets
from errorcontract.model import Request, Response

_IDLE_SECONDS = 1.5  # servers close idle connections after 2 s and more; a request must not meet that moment
_NAMES_SECONDS = 10.0  # for so long an address of the target's is not looked up again
_SIZES = frozenset({"content-length", "transfer-encoding"})
_FRAMING = _SIZES | {"connection"}
_PORTS = {"http": 80, "https": 443}
_ALWAYS_SIZED = frozenset({"POST", "PUT", "PATCH"})


_KEPT = 128 * 1024  # of a body that was cut; the rest tells nothing more


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a single exchange may take: seconds in all, bytes of body on the wire and after decoding."""

    seconds: float = 30.0
    connect_seconds: float = 10.0
    body_bytes: int = 2 * 1024 * 1024
    connections: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response, or the reason why there is none. `unreachable`: no connection could be made at all."""

    response: Response | None
    failure: str | None = None
    unreachable: bool = False


class _UnreachableError(Exception):
    """No connection could be made."""


class Client:
    """Keep-alive connections to one target. Follows no redirect, keeps no cookie, asks no proxy."""

    def __init__(self, base_url: str, secrets: Secrets, mask: Mask, limits: Limits) -> None:
        self._limits, self._mask = limits, mask
        self._head = _Head(base_url, secrets)
        self._address = _Address(base_url, limits.connect_seconds)
        self._pools: dict[str | None, _Pool] = {}

    async def send(self, request: Request) -> Answer:
        """Send it once. Never raises for what the target does."""
        try:
            message, framed = self._head.message(request)
        except ValueError as problem:
            words = "a character that has no encoding" if isinstance(problem, UnicodeError) else str(problem)
            return Answer(response=None, failure=f"the request can't be sent: {words}")
        try:
            incoming = await self._exchange(request, message, framed=framed)
        except _UnreachableError as problem:
            return Answer(response=None, failure=f"no connection: {problem}", unreachable=True)
        except TimeoutError:
            return Answer(response=None, failure=f"no complete answer within {self._limits.seconds:g} s")
        return self._answer(incoming)

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

    def _answer(self, incoming: Incoming) -> Answer:
        limit = self._limits
        if not incoming.started:
            return Answer(response=None, failure=incoming.failure or f"no complete answer within {limit.seconds:g} s")
        failure = cut = None
        if incoming.over:
            cut = f"longer than {limit.body_bytes} bytes; the rest was not read"
        elif incoming.timed_out:
            failure = f"the body did not end within {limit.seconds:g} s"
        elif not incoming.complete:
            failure = "the connection ended before the body was complete"
        body, undecoded = b"".join(incoming.body)[: limit.body_bytes], None
        if coding := incoming.first(b"content-encoding"):
            body, undecoded = decode(body, _text(coding), limit.body_bytes)
        hide = self._mask.text
        response = Response(
            status=incoming.status,
            reason=hide(_text(incoming.reason)),
            headers=tuple([(_text(name), hide(_text(value))) for name, value in incoming.headers]),
            body=self._mask.bytes(body[:_KEPT] if cut or undecoded else body),
            cut=cut or failure or undecoded,
        )
        return Answer(response=response, failure=failure)

    def _open(self, source: str | None) -> _Pool:
        pool = self._pools[source] = _Pool(self._address, source, self._limits.connections)
        return pool

    async def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            pool.close()
        self._pools.clear()
        await asyncio.sleep(0)  # the loop gives the sockets back in its next turn


class _Head:
    """Writes requests down, on the ground of what all of them have in common (RFC 9112, section 3)."""

    def __init__(self, base_url: str, secrets: Secrets) -> None:
        self._path, self._fill = urlsplit(base_url.rstrip("/")).path, secrets.fill
        self._host = [("Host", _authority(base_url))]
        self._extra = [(name, secrets.fill(value)) for name, value in secrets.extra_headers]

    def message(self, request: Request) -> tuple[bytes, bool]:
        """Its bytes, and whether it says itself where it ends. Raises ValueError for what can't stand in a head."""
        headers = [(name, self._fill(value) if "${" in value else value) for name, value in request.headers]
        headers += self._extra
        names = {name.lower() for name, _ in headers}
        if "host" not in names:
            headers = self._host + headers
        framed = not _FRAMING.isdisjoint(names)
        body = request.body
        if (body is not None or request.method in _ALWAYS_SIZED) and names.isdisjoint(_SIZES):
            headers.append(("Content-Length", str(len(body or b""))))
        target = self._path + request.target
        start = f"{request.method} {target if target[:1] == '/' else '/' + target} HTTP/1.1\r\n"
        return _bytes(start, headers) + (body or b""), framed


def _bytes(start: str, headers: list[tuple[str, str]]) -> bytes:
    text = start + "".join([f"{name}: {value}\r\n" for name, value in headers]) + "\r\n"
    lines = len(headers) + 2
    if text.count("\n") != lines or text.count("\r") != lines or "\0" in text:
        msg = "a line break or NUL where none may stand"
        raise ValueError(msg)
    if text.isascii():
        return text.encode()
    coded = [b"%b: %b\r\n" % (name.encode("latin-1"), value.encode()) for name, value in headers]
    return start.encode() + b"".join(coded) + b"\r\n"


class _Pool:
    """Connections from one address: at most so many at once, first come, first served; idle ones are used again."""

    def __init__(self, address: _Address, source: str | None, most: int) -> None:
        self._address, self._source = address, source
        self._places = asyncio.Semaphore(most)
        self._idle: list[Connection] = []
        self._busy: set[Connection] = set()
        self._sweep: asyncio.TimerHandle | None = None

    async def take(self, deadline: float) -> Connection:
        """A connection for one request, to be given back. Raises _UnreachableError and TimeoutError."""
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

    def _fresh(self) -> Connection | None:
        while self._idle:
            connection = self._idle.pop()
            if connection.open and time.monotonic() - connection.idle_since < _IDLE_SECONDS:
                return connection
            connection.close()
        return None

    def give_back(self, connection: Connection) -> None:
        """Let the next one have it, or its place."""
        self._busy.discard(connection)
        self._places.release()
        if connection.open:
            self._idle.append(connection)
            self._sweep = self._sweep or asyncio.get_running_loop().call_later(_IDLE_SECONDS, self._close_old)

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


class _Address:
    """Where the target is, and how to get there."""

    def __init__(self, base_url: str, seconds: float) -> None:
        parts = urlsplit(base_url)
        self._host, self._seconds = _ascii(parts.hostname or ""), seconds
        self._port = parts.port or _PORTS[parts.scheme]
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._found: list[str] = []
        self._found_at = 0.0

    async def connect(self, source: str | None, deadline: float) -> Connection:
        """A new connection. Raises _UnreachableError and TimeoutError."""
        loop = asyncio.get_running_loop()
        last = min(deadline, loop.time() + self._seconds)
        try:
            async with asyncio.timeout_at(last):
                *others, final = await self._look_up(loop)
                for place in others:
                    try:
                        async with asyncio.timeout(self._seconds / (len(others) + 1)):
                            return await self._connect(loop, place, source)
                    except OSError:
                        continue
                return await self._connect(loop, final, source)
        except (OSError, UnicodeError) as problem:
            if isinstance(problem, TimeoutError) and not problem.errno:
                raise
            raise _UnreachableError(_reason(problem)) from None

    async def _connect(self, loop: asyncio.AbstractEventLoop, place: str, source: str | None) -> Connection:
        _, connection = await loop.create_connection(
            lambda: Connection(loop),
            place,
            self._port,
            ssl=self._tls,
            server_hostname=self._host.rstrip(".") if self._tls else None,
            local_addr=(source, 0) if source else None,
        )
        return connection

    async def _look_up(self, loop: asyncio.AbstractEventLoop) -> list[str]:
        if not self._found or time.monotonic() - self._found_at > _NAMES_SECONDS:
            found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
            self._found = list(dict.fromkeys(str(place[0]) for *_, place in found))
            self._found_at = time.monotonic()
        return self._found


def _authority(url: str) -> str:
    """What the Host header says (RFC 9112, section 3.2): without the port that the scheme implies."""
    parts = urlsplit(url)
    host = _ascii(parts.hostname or "")
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in {None, _PORTS[parts.scheme]} else f"{host}:{parts.port}"


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return host


def _text(raw: bytes) -> str:
    if raw.isascii():
        return raw.decode()
    return raw.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()


def _reason(problem: OSError | UnicodeError) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"the certificate is refused: {problem.verify_message}"
    if isinstance(problem, ssl.SSLError):
        return f"TLS failed: {problem.reason or type(problem).__name__}"
    if isinstance(problem, UnicodeError):
        return "not a host name"
    if problem.errno and problem.errno > 0:
        return os.strerror(problem.errno)  # the loop's own texts hold ports
    return problem.strerror or type(problem).__name__
