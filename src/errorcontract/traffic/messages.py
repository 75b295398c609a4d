"""The request and the response of an entry of an HTTP Archive (HAR 1.2) as values."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from errorcontract.model import Headers, Request, Response, first_header

_KEPT = "kept are "  # how our own archives say that a body is not whole
_CODED = "Base64 of bytes"  # how our own archives say that a request's body is no text
_UNRECORDED = "the body was not recorded"
_FORM = "application/x-www-form-urlencoded"
_HUGE = 2**53
_NO_CONTENT = {204, 304}
_BODYLESS = {"GET", "HEAD", "OPTIONS", "DELETE", "TRACE"}


def request(entry: Any, target: str) -> tuple[Request, bool]:
    """The request, and whether its body is as it was sent."""
    sent = _members(entry.get("request"))
    body, known = _sent_body(sent)
    return Request(method=str(sent.get("method", "")).upper(), target=target, headers=headers(sent), body=body), known


def response(entry: Any, method: str) -> Response:
    """The response. A body that nobody kept is cut."""
    got = _members(entry.get("response"))
    told, content = headers(got), _members(got.get("content"))
    comment = str(got.get("comment") or "")
    body = _text(content, coded=content.get("encoding") == "base64")
    missing = body is None and not _is_empty(got, content, told, method)
    return Response(
        status=int(_number(got.get("status"))),
        headers=told,
        body=body or b"",
        reason=str(got.get("statusText") or ""),
        cut=_UNRECORDED if missing else comment or None,
    )


def headers(message: Any) -> Headers:
    """The headers, without those that HTTP/2 has in the place of a first line."""
    return tuple(_pairs(message.get("headers")))


def _pairs(listed: Any) -> Iterator[tuple[str, str]]:
    for one in listed if isinstance(listed, list) else []:
        pair = _members(one)
        name, value = pair.get("name"), pair.get("value")
        if isinstance(name, str) and isinstance(value, str) and not name.startswith(":"):
            yield from ((name, part) for part in value.split("\n"))  # browsers put those of one name together


def _sent_body(sent: Any) -> tuple[bytes | None, bool]:
    posted = sent.get("postData")
    if not isinstance(posted, dict):
        return None, str(sent.get("method")) in _BODYLESS or _number(sent.get("bodySize")) <= 0
    told = str(posted.get("comment") or "")
    body = _text(posted, coded=told.startswith(_CODED) or posted.get("encoding") == "base64")
    if body:
        return body, _KEPT not in told
    return _form(posted) if posted.get("params") else (body, body is not None and _number(sent.get("bodySize")) <= 0)


def _form(posted: Any) -> tuple[bytes | None, bool]:
    """A form that was kept as its fields; of one with files nobody knows the bytes."""
    if not str(posted.get("mimeType", "")).startswith(_FORM):
        return None, False
    listed = posted["params"]
    fields = [_members(one) for one in (listed if isinstance(listed, list) else [])]
    pairs = [(str(one.get("name", "")), str(one.get("value", ""))) for one in fields]
    return urlencode(pairs, errors="replace").encode(), True


def _text(holder: Any, *, coded: bool) -> bytes | None:
    text = holder.get("text")
    if not isinstance(text, str):
        return None
    if not coded:
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return None


def _is_empty(got: Any, content: Any, told: Headers, method: str) -> bool:
    """Whether an answer without a recorded body had none."""
    if method == "HEAD" or _number(got.get("status")) in _NO_CONTENT:
        return True
    said = first_header(told, "Content-Length")
    return said == "0" or (got.get("bodySize") == 0 and not content.get("size") and said is None)


def _number(value: Any) -> float:
    """The value if it is a number that can be one of bytes or a status, else 0."""
    return value if isinstance(value, int | float) and abs(value) < _HUGE else 0


def _members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
