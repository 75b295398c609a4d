"""Undoes content codings within a limit: a small answer may expand a thousandfold."""

from __future__ import annotations

import zlib

_GZIP_OR_ZLIB = 47
_RAW_DEFLATE = -15
_GZIP_START = b"\x1f\x8b"
_MOST, _MOST_MEMBERS = 4, 100  # codings one in another, members of one gzip body


def decode(body: bytes, coding: str | None, limit: int) -> tuple[bytes, str | None]:
    """The body without its content coding, at most `limit` bytes, and why it is not whole (None if it is)."""
    names = [name.strip().lower() for name in (coding or "").split(",")]
    names = [name for name in names if name not in {"", "identity"}]
    if len(names) > _MOST:
        return body, f"sent in {len(names)} codings one in another, of which more than {_MOST} are not undone"
    for name in reversed(names):
        if name not in {"gzip", "x-gzip", "deflate"}:
            return body, f"sent in the coding {name!r}, which was not asked for"
        if not body:
            break  # as in an answer to HEAD
        try:
            body, rest, ended = _inflate(body, limit)
        except zlib.error:
            return body, f"announced as {name} but is not"
        if rest:
            most = f"{limit} bytes" if len(body) >= limit else f"{_MOST_MEMBERS} parts"
            return body, f"expands to more than {most}"
        if not ended:
            return body, f"ends before its {name} coding does"
    return body, None


def _inflate(body: bytes, limit: int) -> tuple[bytes, bool, bool]:
    """What it expands to, whether there is more than the limit, and whether the coding came to its end."""
    try:
        return _inflate_as(_GZIP_OR_ZLIB, body, limit)
    except zlib.error:
        return _inflate_as(_RAW_DEFLATE, body, limit)


def _inflate_as(window: int, body: bytes, limit: int) -> tuple[bytes, bool, bool]:
    """The same for one of the forms. A gzip body may have several members (RFC 1952, section 2.2)."""
    parts: list[bytes] = []
    left, more, ended = limit, False, True
    while ended and not more and (not parts or body.startswith(_GZIP_START)) and len(parts) <= _MOST_MEMBERS:
        decoder = zlib.decompressobj(window)
        parts.append(decoder.decompress(body, max(1, left)))
        left -= len(parts[-1])
        body, ended = decoder.unused_data, decoder.eof
        more = left < 0 or len(parts) > _MOST_MEMBERS or (not ended and (bool(decoder.unconsumed_tail) or left <= 0))
    return b"".join(parts)[:limit], more, ended
