"""Sends one request and takes whatever comes back, within limits of time and size."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass

import aiohttp
from yarl import URL

from errorcontract.exchange.decode import decode
from errorcontract.exchange.mask import Mask
from errorcontract.exchange.secrets import Secrets
from errorcontract.model import Request, Response

_IDLE_SECONDS = 1.5  # servers close idle connections after 2 s and more; a request must not meet that moment
_CHUNK = 65536


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a single exchange may take: seconds in all, bytes of body on the wire and after decoding."""

    seconds: float = 30.0
    connect_seconds: float = 10.0
    body_bytes: int = 8 * 1024 * 1024
    connections: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response, or the reason why there is none. `unreachable`: no connection could be made at all."""

    response: Response | None
    failure: str | None = None
    unreachable: bool = False


class Client:
    """Keep-alive connections to one target. Follows no redirect, keeps no cookie, asks no proxy."""

    def __init__(self, base_url: str, secrets: Secrets, mask: Mask, limits: Limits) -> None:
        self._base = base_url.rstrip("/")
        self._secrets = secrets
        self._mask = mask
        self._limits = limits
        self._sessions: dict[str | None, aiohttp.ClientSession] = {}

    async def send(self, request: Request) -> Answer:
        """Send it once. Never raises for what the target does."""
        try:
            return await self._exchange(request)
        except aiohttp.ClientConnectorError as problem:
            return Answer(response=None, failure=f"no connection: {_reason(problem)}", unreachable=True)
        except TimeoutError:
            return Answer(response=None, failure=f"no complete answer within {self._limits.seconds:g} s")
        except (aiohttp.ServerDisconnectedError, ConnectionError):
            return Answer(response=None, failure="the connection was closed without an answer")
        except aiohttp.ClientOSError:
            return Answer(response=None, failure="the connection broke off")
        except (aiohttp.ClientError, ValueError) as problem:
            return Answer(response=None, failure=f"the answer is not HTTP: {type(problem).__name__}")

    async def _exchange(self, request: Request) -> Answer:
        session = self._session(request.source)
        headers = [
            (name, self._secrets.fill(value)) for name, value in (*request.headers, *self._secrets.extra_headers)
        ]
        async with session.request(
            request.method,
            URL(self._base + request.target, encoded=True),
            headers=headers,
            data=request.body,
            allow_redirects=False,
        ) as raw:
            return await self._read(raw)

    async def _read(self, raw: aiohttp.ClientResponse) -> Answer:
        parts, size, failure, cut = [], 0, None, None
        try:
            while chunk := await raw.content.readany():
                parts.append(chunk)
                size += len(chunk)
                if size > self._limits.body_bytes:
                    cut = f"longer than {self._limits.body_bytes} bytes; the rest was not read"
                    raw.close()
                    break
        except TimeoutError:
            failure = f"the body did not end within {self._limits.seconds:g} s"
        except (aiohttp.ClientError, ConnectionError):
            failure = "the connection ended before the body was complete"
        plain, undecoded = decode(b"".join(parts), raw.headers.get("Content-Encoding"), self._limits.body_bytes)
        headers = tuple((_text(name), self._mask.text(_text(value))) for name, value in raw.raw_headers)
        response = Response(
            status=raw.status,
            reason=self._mask.text(raw.reason or ""),
            headers=headers,
            body=self._mask.bytes(plain),
            cut=cut or failure or undecoded,
        )
        return Answer(response=response, failure=failure)

    def _session(self, source: str | None) -> aiohttp.ClientSession:
        if source not in self._sessions:
            self._sessions[source] = self._open(source)
        return self._sessions[source]

    def _open(self, source: str | None) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=self._limits.connections,
            keepalive_timeout=_IDLE_SECONDS,
            ssl=ssl.create_default_context() if self._base.startswith("https") else False,
            local_addr=(source, 0) if source else None,
        )
        session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            skip_auto_headers=("Accept-Encoding", "Accept", "User-Agent", "Content-Type"),
            timeout=aiohttp.ClientTimeout(total=self._limits.seconds, connect=self._limits.connect_seconds),
        )
        session._retry_connection = False  # noqa: SLF001 - aiohttp has no other way to tell it: what is sent once is one request
        return session

    async def close(self) -> None:
        """Close every connection."""
        await asyncio.gather(*(session.close() for session in self._sessions.values()))
        self._sessions.clear()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()


def _reason(problem: aiohttp.ClientConnectorError) -> str:
    return problem.os_error.strerror or type(problem.os_error).__name__
