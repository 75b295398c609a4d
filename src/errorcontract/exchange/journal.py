"""The record of a run on disk: one JSON object a line, each written whole the moment it exists."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from errorcontract.errors import JournalError
from errorcontract.exchange.appending import Appending
from errorcontract.exchange.masking import Mask
from errorcontract.model import Case, Exchange, Headers

KEPT_BYTES = 16 * 1024
EVIDENCE_BYTES = 128 * 1024
_LONG_BYTES = 8 * 1024 * 1024  # of long bodies in all; of further ones the start alone is kept
_START_BYTES = 1024
_LONGEST_CHARACTER = 4
_BEYOND = 4 * 1024  # is looked at too, so that no value is cut in two before it is hidden
_DURABLE = frozenset({"finding", "end"})
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Journal:
    """Appends lines for one run. Several processes may share a file."""

    def __init__(self, path: Path, run: str, mask: Mask) -> None:
        try:
            self._file = Appending(path)
        except OSError as problem:
            msg = f"{path} can't be written: {problem.strerror}"
            raise JournalError(msg) from None
        self._run = run
        self._left = _LONG_BYTES
        self.mask = mask

    @property
    def trouble(self) -> str | None:
        """Why it can't be written any more, None as long as it can."""
        return self._file.trouble

    def write(self, kind: str, line: Mapping[str, Any]) -> bool:
        """Append a line of that type, without secrets; whether it is on disk. One with a finding outlives a crash."""
        whole = {"type": kind, "run": self._run, **line}
        text = _encode(whole)
        if self.mask.stands_in(text):
            text = _encode(self.mask.data(whole))
        return self._file.add(text.encode("utf-8", "replace"), durable=kind in _DURABLE)

    def exchange(self, exchange: Exchange, case: Case, url: str) -> None:
        """Append an exchange, its bodies cut: at 16 KiB, at 1 KiB once there were very many long ones."""
        self.mask.learn(exchange)
        about = {"family": case.family, "operation": case.operation, "cause": case.cause}
        about["to"] = exchange.request.operation
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
        kept = body if len(body) <= most else _whole_characters(self.mask.bytes(body[: most + _BEYOND])[:most])
        if len(kept) < len(body):
            cut = f"{cut + '; ' if cut else ''}kept are {len(kept)} of {len(body)} bytes"
        text, coded = self._as_text(kept)
        parts = {
            "headers": self.mask.headers(headers, received=received),
            "body": text if coded else self.mask.body(text, received=received),
            "base64": coded,
        }
        return parts | ({"cut": cut} if received or cut else {})

    def _as_text(self, body: bytes) -> tuple[str, bool]:
        try:
            return body.decode(), False
        except UnicodeDecodeError:
            return base64.b64encode(self.mask.bytes(body)).decode(), True

    def close(self) -> None:
        """Give the file back."""
        self._file.close()


def _whole_characters(body: bytes) -> bytes:
    """The body without the start of a character at its end."""
    for last in range(1, min(_LONGEST_CHARACTER, len(body)) + 1):
        if body[-last] & 0xC0 != 0x80:  # noqa: PLR2004 - not the inside of a character
            return body[:-last] if body[-last] >= 0xC0 else body  # noqa: PLR2004 - the start of one
    return body
