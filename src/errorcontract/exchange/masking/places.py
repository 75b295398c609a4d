"""Values that are found by where they stand: cookies, members and parameters with certain names, schemes, tokens."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from errorcontract.exchange.masking.names import HINTS, secret_header, secret_member
from errorcontract.model import MISSING, Headers, resolve

Told = tuple[str, str]
"""A value, and what it is called."""

_JSON_MEMBER = re.compile(
    r'\\*"(?P<name>[^"\\]{1,64})\\*"\s*:\s*(?:\\*"(?P<text>(?:[^"\\]|\\[^"])*)\\*"|(?P<number>-?\d[\d.]*))'
)
_PARAMETER = re.compile(r"(?:^|[?&;\s\"'>(])(?P<name>[\w.\-]{1,64})=(?P<text>[^&;\s\"'<>\\]{1,4096})")
_ELEMENT = re.compile(r"<(?P<name>[\w:.\-]{1,64})>(?P<text>[^<>]{1,4096})</")
_SCHEME = re.compile(r"\b(?:bearer|basic|token) +(?P<text>[A-Za-z0-9._~+/-]{8,}={0,2})(?![\w=\"])", re.IGNORECASE)
_JWT = re.compile(r"\b(?P<text>eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*)")
_COOKIE = re.compile(r"(?P<head>^\s*[^=;\s]+=\s*\"?)(?P<text>[^;\"]*)")
_WORDS = re.compile(r"[A-Za-z]+(?:[ _.-][A-Za-z]+)*")
_LONG_WORDS = 16
_REFUSED = 400
_DEEPEST = 64


@dataclass(frozen=True, kw_only=True)
class Places:
    """The names that a contract marks, in lower case or as pointers, beside those that tell by themselves."""

    personal: frozenset[str] = frozenset()
    secret: frozenset[str] = frozenset()
    headers: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    """Values that everybody may know."""
    foreign: bool = False
    """Whether requests were made by somebody else."""

    def in_headers(self, headers: Headers) -> Iterator[Told]:
        """The secrets in the headers of a message."""
        for name, value in headers:
            low = name.lower()
            if low in {"set-cookie", "cookie"}:
                yield from ((match["text"], "cookie") for match in _cookies(low, value) if _worth(match["text"], 0))
            elif self.is_private(low):
                yield value.rpartition(" ")[2], low
            else:
                yield from self.in_text(value, 0)

    def in_body(self, text: str, status: int) -> Iterator[Told]:
        """The values of a body: of marked members all, of those that are only called so what can be a secret."""
        low = text.lower()
        marked = self.personal | self.secret
        if any(name in low for name in marked if name[:1] != "/") or any(name[:1] == "/" for name in marked):
            yield from self._in_json(_read(text))
        yield from self.in_text(text, status)

    def in_text(self, text: str, status: int) -> Iterator[Told]:
        """Values that are called secret in a text of any kind, and those whose form says so."""
        low = text.lower()
        if not any(hint in low for hint in HINTS):
            return
        for name, value in self._called(text):
            if _worth(value, status):
                yield value, name
        for match in (*_SCHEME.finditer(text), *_JWT.finditer(text)):
            if any(map(str.isdigit, match["text"])):
                yield match["text"], "token"

    def _called(self, text: str) -> Iterator[Told]:
        for match in _named(text):
            if match["text"] and self._is_secret(match):
                yield match["name"], match["text"]

    def _is_secret(self, match: re.Match[str]) -> bool:
        return secret_member(match["name"], parameter=match.re is _PARAMETER) or match["name"].lower() in self.secret

    def is_private(self, header: str) -> bool:
        """Whether a header, in lower case, holds a secret and nothing else."""
        return header in self.headers or secret_header(header)

    def _in_json(self, body: Any) -> Iterator[Told]:
        for name in self.personal | self.secret:
            if name.startswith("/"):
                yield from _scalars(resolve(body, name), name.rpartition("/")[2])
        yield from self._members(body, 0)

    def _members(self, value: Any, depth: int) -> Iterator[Told]:
        inside: Iterable[tuple[str, Any]] = value.items() if isinstance(value, dict) else ()
        if isinstance(value, list):
            inside = (("", part) for part in value)
        for name, part in inside if depth < _DEEPEST else ():
            if name.lower() in self.personal or name.lower() in self.secret:
                yield from _scalars(part, name)
            yield from self._members(part, depth + 1)

    def without(self, text: str, mark: Callable[[str, str], str]) -> str:
        """A text of a target without values that are called secret or personal; `mark` gives what takes their place."""
        low = text.lower()
        if not any(hint in low for hint in HINTS) and not any(name in low for name in self.personal | self.secret):
            return text
        for pattern in (_JSON_MEMBER, _PARAMETER, _ELEMENT):
            text = pattern.sub(lambda match: self._replaced(match, mark), text)
        return text

    def _replaced(self, match: re.Match[str], mark: Callable[[str, str], str]) -> str:
        named = match.re is _JSON_MEMBER and match["number"]
        value = named or match["text"]
        personal = match["name"].lower() in self.personal
        if not value or value.startswith(("***", "${")) or not (personal or self._is_secret(match)):
            return match[0]
        if value in self.public or (not personal and (named or " " in value)):
            return match[0]
        start = match.start("number" if named else "text") - match.start()
        return match[0][:start] + mark(value, match["name"]) + match[0][start + len(value) :]


def without_cookies(header: str, value: str, mark: Callable[[str, str], str]) -> str:
    """A header of cookies without their values."""
    parts, last = [], 0
    for match in _cookies(header, value):
        parts += [value[last : match.start("text")], mark(match["text"], "cookie") if match["text"] else ""]
        last = match.end("text")
    return "".join([*parts, value[last:]]) if parts else mark(value, header)


def _cookies(header: str, value: str) -> Iterator[re.Match[str]]:
    """Those that a client sends stand side by side; one that is set is followed by attributes."""
    if header == "set-cookie":
        match = _COOKIE.match(value)
        return iter([match] if match else [])
    return re.compile(r"(?P<head>(?:^|;)\s*[^=;\s]+=\s*\"?)(?P<text>[^;\"]*)").finditer(value)


def _named(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_JSON_MEMBER, _PARAMETER, _ELEMENT):
        yield from pattern.finditer(text)


def _worth(value: str, status: int) -> bool:
    """Whether it can be a secret by its form: no word of a message about it."""
    words = _WORDS.fullmatch(value) is not None
    return " " not in value and not (words and (status >= _REFUSED or len(value) < _LONG_WORDS))


def _scalars(value: Any, name: str) -> Iterator[Told]:
    if isinstance(value, list):
        for part in value:
            yield from _scalars(part, name)
    elif isinstance(value, str | int | float) and not isinstance(value, bool) and value is not MISSING:
        yield str(value), name


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
