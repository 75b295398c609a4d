"""Where a target is, and how to get there."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import time
from urllib.parse import urlsplit

from errorcontract.exchange.connection import Connection

_NAMES_SECONDS = 10.0  # for so long an address of the target's is not looked up again
_PORTS = {"http": 80, "https": 443}


class UnreachableError(Exception):
    """No connection could be made. `final`: it is no use to try again."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class Address:
    """Where the target is, and how to get there."""

    def __init__(self, base_url: str, seconds: float) -> None:
        parts = urlsplit(base_url)
        self._host, self._seconds = _ascii(parts.hostname or ""), seconds
        self._port = parts.port or _PORTS[parts.scheme]
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._found: list[str] = []
        self._found_at = 0.0

    async def connect(self, source: str | None, deadline: float) -> Connection:
        """A new connection. Raises UnreachableError and TimeoutError."""
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
                raise self._too_slow(last, deadline) from None
            hopeless = isinstance(problem, ssl.SSLCertVerificationError | UnicodeError)
            raise UnreachableError(_reason(problem), final=hopeless) from None

    def _too_slow(self, last: float, deadline: float) -> Exception:
        """What a time-out means: that none could be made in time, or that the request waited too long for its turn."""
        return UnreachableError(f"none within {self._seconds:g} s") if last < deadline else TimeoutError()

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


def authority(url: str) -> str:
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


def _reason(problem: OSError | UnicodeError) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"the certificate is refused: {problem.verify_message}"
    if isinstance(problem, ssl.SSLError):
        return f"TLS failed: {problem.reason or type(problem).__name__}"
    if isinstance(problem, UnicodeError):
        return "not a host name"
    if problem.errno and problem.errno > 0:
        return os.strerror(problem.errno)  # the loop's own texts hold ports
    if isinstance(problem, ConnectionResetError):
        return "the connection was closed in the TLS handshake"
    return problem.strerror or type(problem).__name__
