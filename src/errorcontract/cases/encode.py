"""Bodies as bytes: JSON, also of values that have no UTF-8 form, and forms."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

MULTIPART, URLENCODED = "multipart/form-data", "application/x-www-form-urlencoded"
_BOUNDARY = "errorcontract-9f2c41d7"
_ENCODERS = {ascii_only: json.JSONEncoder(ensure_ascii=ascii_only).encode for ascii_only in (False, True)}


def encoded(media_type: str, body: Any) -> tuple[str, bytes | None]:
    """The Content-Type and the bytes of a body; None where there is none."""
    if body is None or media_type not in {MULTIPART, URLENCODED}:
        return media_type, json_bytes(body)
    if media_type == URLENCODED:
        return media_type, urlencode({name: _text(value) for name, value in body.items()}).encode()
    return f"{MULTIPART}; boundary={_BOUNDARY}", b"".join(_multipart(body))


def _multipart(body: Mapping[str, Any]) -> Iterator[bytes]:
    for name, value in body.items():
        file = value if isinstance(value, Mapping) and "filename" in value else None
        named = f'name="{name}"; filename="{file["filename"]}"' if file else f'name="{name}"'
        kind = f"Content-Type: {file['type']}\r\n" if file and "type" in file else ""
        content = file.get("content", "") if file else value
        yield f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {named}\r\n{kind}\r\n{_text(content)}\r\n".encode()
    yield f"--{_BOUNDARY}--\r\n".encode()


def _text(value: Any) -> str:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else json.dumps(value, default=str)


def json_bytes(body: Any) -> bytes | None:
    """JSON in UTF-8; lone surrogates, which have no UTF-8 form, as escapes."""
    if body is None:
        return None
    try:
        return _dumped(body, ascii_only=False).encode()
    except UnicodeEncodeError:
        return _dumped(body, ascii_only=True).encode()


def _dumped(body: Any, *, ascii_only: bool) -> str:
    try:
        return _ENCODERS[ascii_only](body)
    except TypeError:  # it holds numbers whose spelling matters
        return _spelled(body, ascii_only=ascii_only)


def _spelled(body: Any, *, ascii_only: bool) -> str:
    written: dict[str, str] = {}
    text = json.dumps(body, ensure_ascii=ascii_only, default=lambda value: _marked(value, written))
    for mark, number in written.items():
        text = text.replace(json.dumps(mark, ensure_ascii=ascii_only), number)
    return text


def _marked(value: Any, written: dict[str, str]) -> str:
    """A text that no body holds, to be replaced by the number as written."""
    mark = f"\ue000{len(written)}\ue000"
    written[mark] = value.text
    return mark
