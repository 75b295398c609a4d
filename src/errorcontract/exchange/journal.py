"""The record of a run on disk: one JSON object a line, each written whole the moment it exists."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from errorcontract.exchange.mask import Mask
from errorcontract.model import Case, Exchange, Headers

KEPT_BYTES = 16 * 1024
EVIDENCE_BYTES = 128 * 1024
_LONG_BYTES = 8 * 1024 * 1024  # of long bodies in all; of further ones the start alone is kept
_START_BYTES = 1024
_LONGEST_CHARACTER = 4
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Journal:
    """Appends lines for one run. Several processes may share a file: each line is a single write."""

    def __init__(self, path: Path, run: str, mask: Mask) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._run = run
        self._left = _LONG_BYTES
        self.mask = mask

    def write(self, kind: str, line: Mapping[str, Any]) -> None:
        """Append a line of that type, without secrets."""
        whole = {"type": kind, "run": self._run, **line}
        text = _encode(whole)
        if self.mask.stands_in(text):
            text = _encode(self.mask.data(whole))
        os.write(self._file, text.encode("utf-8", "replace") + b"\n")

    def exchange(self, exchange: Exchange, case: Case, url: str) -> None:
        """Append an exchange, its bodies cut: at 16 KiB, at 1 KiB once there were very many long ones."""
        about = {"family": case.family, "operation": case.operation, "cause": case.cause}
        most = KEPT_BYTES if self._left > 0 else _START_BYTES
        bodies = (exchange.request.body, exchange.response and exchange.response.body)
        self._left -= sum(min(len(body), most) for body in bodies if body and len(body) > _START_BYTES)
        self.write("exchange", about | self.describe(exchange, url, most))

    def describe(self, exchange: Exchange, url: str, most: int = KEPT_BYTES) -> dict[str, Any]:
        """An exchange as plain data, at most so many bytes of each body.

        Its secrets go when it is written, those whose place tells of them at once.
        """
        request, response = exchange.request, exchange.response
        return {
            "number": exchange.number,
            "case": exchange.case,
            "step": exchange.step,
            "request": {"method": request.method, "url": url + request.target}
            | self._message(request.headers, request.body or b"", most, received=False),
            "response": response
            and {"status": response.status, "reason": response.reason}
            | self._message(response.headers, response.body, most, received=True, cut=response.cut),
            "failure": exchange.failure,
            "started": exchange.started,
            "seconds": round(exchange.seconds, 6),
        }

    def _message(
        self, headers: Headers, body: bytes, most: int, *, received: bool, cut: str | None = None
    ) -> dict[str, Any]:
        kept = body if len(body) <= most else _whole_characters(body[:most])
        if len(kept) < len(body):
            cut = f"{cut + '; ' if cut else ''}kept are {len(kept)} of {len(body)} bytes"
        text, coded = _as_text(kept)
        parts = {"headers": self.mask.headers(headers, received=received), "body": text, "base64": coded}
        return parts | ({"cut": cut} if received or cut else {})

    def close(self) -> None:
        """Give the file back."""
        os.close(self._file)


def _whole_characters(body: bytes) -> bytes:
    """The body without the start of a character at its end."""
    for last in range(1, min(_LONGEST_CHARACTER, len(body)) + 1):
        if body[-last] & 0xC0 != 0x80:  # noqa: PLR2004 - not the inside of a character
            return body[:-last] if body[-last] >= 0xC0 else body  # noqa: PLR2004 - the start of one
    return body


def _as_text(body: bytes) -> tuple[str, bool]:
    try:
        return body.decode(), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode(), True
