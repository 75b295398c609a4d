"""Hides credentials in whatever a run keeps or prints, by value and by place."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

from errorcontract.model import HIDDEN, Headers

_PRIVATE_HEADERS = frozenset({"set-cookie", "cookie", "authorization", "proxy-authorization"})
_URL_SAFE = str.maketrans("+/", "-_")
_SHORTEST = 4  # a shorter secret occurs in ordinary text; it is hidden by place alone


class Mask:
    """Replaces each secret, as it is, URL-encoded or in Base64, by a marker that shows where it stood."""

    def __init__(self, secrets: Iterable[str]) -> None:
        secrets = tuple(secrets)
        forms = {form for secret in secrets if len(secret) >= _SHORTEST for form in _forms(secret)}
        longest_first = sorted(forms, key=len, reverse=True)
        spelled = [_spelled(secret) for secret in sorted(secrets, key=len, reverse=True) if len(secret) >= _SHORTEST]
        pattern = "|".join([*spelled, *map(re.escape, longest_first)])
        self._pattern = re.compile(pattern) if forms else None
        self._bytes = re.compile(pattern.encode()) if forms else None
        self._written = tuple(forms | {_in_json(form) for form in forms})

    def text(self, text: str) -> str:
        """The text without any secret."""
        return self._pattern.sub(HIDDEN, text) if self._pattern else text

    def bytes(self, body: bytes) -> bytes:
        """The body without any secret."""
        return self._bytes.sub(HIDDEN.encode(), body) if self._bytes else body

    def stands_in(self, line: str) -> bool:
        """Whether a secret stands in any text of a line of JSON whose letters are written as they are."""
        return any(form in line for form in self._written)

    def data(self, value: Any) -> Any:
        """Plain data without any secret in its texts."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.data(name): self.data(part) for name, part in value.items()}
        return [self.data(part) for part in value] if isinstance(value, list | tuple) else value

    def headers(self, headers: Headers, *, received: bool) -> Headers:
        """Headers with the cookies and credentials of a response hidden whole, whatever they are."""
        if not received:
            return headers
        return tuple((name, HIDDEN if name.lower() in _PRIVATE_HEADERS else value) for name, value in headers)


def _forms(secret: str) -> set[str]:
    raw = secret.encode()
    # Base64 of a secret inside a longer text starts at one of three offsets; these parts do not depend on neighbours.
    inner = {base64.b64encode(b"\0" * at + raw).decode()[-(-8 * at // 6) : 8 * (at + len(raw)) // 6] for at in range(3)}
    common = inner | {base64.b64encode(raw).decode().rstrip("=")}
    coded = common | {form.translate(_URL_SAFE) for form in common}
    long_enough = {form for form in coded if len(form) > _SHORTEST + 2}
    escaped = "".join(f"\\u{ord(char):04x}" for char in secret)
    in_json = {json.dumps(secret)[1:-1], _in_json(secret)}
    in_hex = {raw.hex(), raw.hex().upper()}
    return {secret, quote(secret, safe=""), quote_plus(secret), escaped} | in_hex | in_json | long_enough


def _spelled(secret: str) -> str:
    """A pattern for the secret with any of its characters escaped, in a URL, in JSON or in HTML, in either case."""
    return "(?i:" + "".join(map(_character, secret)) + ")"


def _character(char: str) -> str:
    in_url = "".join(f"%{byte:02x}" for byte in char.encode("utf-8", "replace"))
    number = ord(char)
    return f"(?:{in_url}|\\\\u{number:04x}|&#0*{number};|&#x0*{number:x};|{re.escape(char)})"


def _in_json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]
