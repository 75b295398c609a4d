"""Where the body of an answer ends, as its head says (RFC 9112, section 6.3)."""

from __future__ import annotations

from collections.abc import Sequence

SWITCHING = 101
_BODILESS = frozenset({204, 304})

RawHeaders = Sequence[tuple[bytes, bytes]]


def first(headers: RawHeaders, name: bytes) -> bytes | None:
    """The first value of a header, by its name in small letters."""
    return next((value for key, value in headers if key.lower() == name), None)


def delimited(headers: RawHeaders) -> bool:
    """Whether the headers say where the body ends."""
    codings = [value for name, value in headers if name.lower() == b"transfer-encoding"]
    if codings:
        return codings[-1].lower().rstrip().endswith(b"chunked")
    return first(headers, b"content-length") is not None


def has_no_body(status: int, *, to_head: bool) -> bool:
    """Whether an answer of this kind ends with its head."""
    return to_head or status in _BODILESS


def may_lag(status: int, headers: RawHeaders, *, to_head: bool) -> bool:
    """Whether a body may follow where none belongs: the next answer would be taken from it."""
    if to_head or status == SWITCHING:
        return True
    return status in _BODILESS and delimited(headers) and first(headers, b"content-length") != b"0"
