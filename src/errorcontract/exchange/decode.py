"""Undoes content codings within a limit: a small answer may expand a thousandfold."""

from __future__ import annotations

import zlib

_GZIP_OR_ZLIB = 47
_RAW_DEFLATE = -15


def decode(body: bytes, coding: str | None, limit: int) -> tuple[bytes, str | None]:
    """The body without its content coding, at most `limit` bytes, and why it is not whole (None if it is)."""
    names = [name.strip().lower() for name in (coding or "").split(",")]
    for name in reversed([name for name in names if name not in {"", "identity"}]):
        if name not in {"gzip", "x-gzip", "deflate"}:
            return body, f"sent in the coding {name!r}, which was not asked for"
        if not body:
            break  # as in an answer to HEAD
        try:
            body, rest, ended = _inflate(body, limit)
        except zlib.error:
            return body, f"announced as {name} but is not"
        if rest:
            return body, f"expands to more than {limit} bytes"
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
    decoder = zlib.decompressobj(window)
    plain = decoder.decompress(body, limit)
    return plain, not decoder.eof and (bool(decoder.unconsumed_tail) or len(plain) >= limit), decoder.eof
