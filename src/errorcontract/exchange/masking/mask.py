"""Replaces each known value, in whatever form it stands, by a mark that shows where it stood and which it was."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from errorcontract.exchange.masking.escapes import ESCAPED, ESCAPED_LINE, TELLING, TELLING_LINE
from errorcontract.exchange.masking.known import Known
from errorcontract.exchange.masking.needles import lowered
from errorcontract.exchange.masking.packed import readable, stretches, unzipped
from errorcontract.exchange.masking.places import Places, without_cookies
from errorcontract.exchange.masking.spans import Span, spans
from errorcontract.model import Exchange, Headers, Request

_RECENT = 256  # requests in which a value is looked for before it counts as one of the target's
_BREAK = re.compile(r"=?=?(?:\\+[rn]|[\r\n])+[ \t]?")


class Mask:
    """Knows what must not be shown; `secrets` are credentials by name, or without names."""

    def __init__(self, secrets: Iterable[str] | Mapping[str, str] = (), places: Places | None = None) -> None:
        self.known = Known(secrets)
        self.places = places or Places()
        self._sent: deque[Request] = deque(maxlen=_RECENT)

    def learn(self, exchange: Exchange) -> None:
        """Take note of what the target tells: from now on it is hidden wherever it stands."""
        self._sent.append(exchange.request)
        if exchange.response is not None:
            self._learn(exchange.response.headers, exchange.response.body, exchange.response.status)
        if self.places.foreign:
            self._learn(exchange.request.headers, exchange.request.body or b"", 0)

    def _learn(self, headers: Headers, body: bytes, status: int) -> None:
        text = body.decode("utf-8", "replace")
        for value, name in (*self.places.in_headers(headers), *self.places.in_body(text, status)):
            if value not in self.places.public and (self.places.foreign or not self._was_sent(value)):
                self.known.learn(value, name)

    def _was_sent(self, value: str) -> bool:
        """Whether it is one of ours, made for a test."""
        if self.known.has(value):
            return False
        form = value.encode("utf-8", "replace")
        return any(
            value in sent.target or (sent.body and form in sent.body) or any(value in told for _, told in sent.headers)
            for sent in self._sent
        )

    def headers(self, headers: Headers, *, received: bool) -> Headers:
        """Headers of an answer without what is private by its place, whatever it is; those that we made stay."""
        if not received and not self.places.foreign:
            return headers
        return tuple((name, self._header(name.lower(), value)) for name, value in headers)

    def _header(self, name: str, value: str) -> str:
        if name in {"set-cookie", "cookie"}:
            return without_cookies(name, value, self.known.mark_of)
        if not self.places.is_private(name):
            return self.places.without(value, self.known.mark_of)
        scheme, blank, secret = value.rpartition(" ")
        return value if "${" in value or not value else scheme + blank + self.known.mark_of(secret, name)

    def body(self, text: str, *, received: bool) -> str:
        """A body of an answer without what is private by its place; one that we made stays."""
        if not received and not self.places.foreign:
            return text
        return self.places.without(text, self._mark_unless_sent)

    def _mark_unless_sent(self, value: str, name: str) -> str:
        return value if not self.places.foreign and self._was_sent(value) else self.known.mark_of(value, name)

    def text(self, text: str) -> str:
        """The text without any known value."""
        if not self.known or len(text) < self.known.shortest or not self._suspect(text):
            return text
        return self._without(text)


    def texts(self, texts: Sequence[str]) -> Sequence[str]:
        """Each of some short texts without any known value."""
        return texts if self.text(whole := "\n".join(texts)) == whole else [self.text(text) for text in texts]

    def stands_in(self, line: str) -> bool:
        """Whether a value may stand in any text of a line of JSON whose letters are written as they are."""
        if not self.known:
            return False
        low = lowered(line)
        return bool(
            any(form in low for form in self.known.written)
            or (ESCAPED_LINE if self.known.quoted else TELLING_LINE).search(line)
            or self._coded(_joined(line) if "\\n" in line else line)
        )

    def data(self, value: Any) -> Any:
        """Plain data without any known value in its texts."""
        if isinstance(value, str):
            return value if len(value) < self.known.shortest else self.text(value)
        if isinstance(value, dict):
            return {self.data(name): self.data(part) for name, part in value.items()}
        return [self.data(part) for part in value] if isinstance(value, list | tuple) else value

    def _suspect(self, text: str) -> bool:
        low = lowered(text)
        return (
            any(form in low for form in self.known.plain)
            or (ESCAPED if self.known.quoted else TELLING).search(text) is not None
            or self._coded(_joined(text) if "\n" in text or "\\n" in text else text)
        )

    def _coded(self, text: str) -> bool:
        """Whether a value may stand in a text as Base64, or as a number that is written in another way."""
        runs = stretches(text, self.known.stretch)
        coded = b" ".join(runs)
        return (
            any(form in coded for form in self.known.packed)
            or any(map(readable, runs))
            or (bool(self.known.numbers) and self.known.number_in(text))
        )

    def _without(self, text: str) -> str:
        found = sorted(spans(text, self.known.needles), key=lambda span: (span[0], -span[1]))
        if not found:
            return text
        kept = self.known.marks.finditer(text)
        return _spliced(text, _apart(found, [match.span() for match in kept]))

    def bytes(self, body: bytes) -> bytes:
        """The body without any known value."""
        if not self.known:
            return body
        try:
            text = body.decode()
        except UnicodeDecodeError:
            plain = unzipped(body)
            if plain is not None and (shown := self.bytes(plain)) != plain:
                return shown
            return self._without(body.decode("latin-1")).encode("latin-1", "replace")
        masked = self.text(text)
        return body if masked is text else masked.encode("utf-8", "replace")


def _joined(text: str) -> str:
    """The text without its line breaks, in which Base64 is broken up; in JSON they are escaped, once or twice."""
    return _BREAK.sub("", text)


def _apart(found: Iterable[Span], marks: Iterable[tuple[int, int]]) -> list[Span]:
    """Spans that overlap as one, under the mark of the longest; what stands in a mark of ours stays."""
    own = list(marks)
    apart: list[Span] = []
    longest = 0
    for start, end, mark in found:
        if any(first <= start and end <= last for first, last in own):
            continue
        if apart and start < apart[-1][1]:
            first, last, before = apart[-1]
            apart[-1] = (first, max(last, end), mark if end - start > longest else before)
            longest = max(longest, end - start)
        else:
            apart.append((start, end, mark))
            longest = end - start
    return apart


def _spliced(text: str, apart: Iterable[Span]) -> str:
    parts, last = [], 0
    for start, end, mark in apart:
        parts += [text[last:start], mark]
        last = end
    return "".join([*parts, text[last:]])
