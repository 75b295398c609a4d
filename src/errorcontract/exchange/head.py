"""Writes requests down as they go over the wire."""

from __future__ import annotations

from urllib.parse import urlsplit

from errorcontract.exchange.address import authority
from errorcontract.exchange.secrets import Secrets
from errorcontract.model import Request

_SIZES = frozenset({"content-length", "transfer-encoding"})
_FRAMING = _SIZES | {"connection"}
_ALWAYS_SIZED = frozenset({"POST", "PUT", "PATCH"})


class Head:
    """Writes requests down, on the ground of what all of them have in common (RFC 9112, section 3)."""

    def __init__(self, base_url: str, secrets: Secrets) -> None:
        self._path, self._fill = urlsplit(base_url.rstrip("/")).path, secrets.fill
        self._host = [("Host", authority(base_url))]
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
