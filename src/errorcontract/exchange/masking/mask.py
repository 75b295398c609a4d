"""Replaces each known value, in whatever form it stands, by a mark that shows where it stood and which it was."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from errorcontract.exchange.masking.escapes import APART, ESCAPED, ESCAPED_LINE, TELLING, TELLING_LINE, readings
from errorcontract.exchange.masking.known import Known
from errorcontract.exchange.masking.needles import lowered
from errorcontract.exchange.masking.packed import opened, readable, stretches, unzipped
from errorcontract.exchange.masking.places import Places, without_cookies
from errorcontract.exchange.masking.spans import DEEPEST, Span, spans
from errorcontract.model import Exchange, Headers, Request

_RECENT = 256  # requests in which a value is looked for before it counts as one of the target's
_SHORT, _MOST_CLEAN, _MOST_LONG = 256, 20_000, 64  # texts that are remembered as clean
_BREAK = re.compile(r"=?=?(?:\\+[rn]|[\r\n])+[ \t]?")


class Mask:
    """Knows what must not be shown; `secrets` are credentials by name, or without names."""

    def __init__(self, secrets: Iterable[str] | Mapping[str, str] = (), places: Places | None = None) -> None:
        self.known = Known(secrets)
        self.places = places or Places()
        self._sent: deque[Request] = deque(maxlen=_RECENT)
        self._clean: set[str] = set()
        self._clean_long: set[str] = set()
        self._looked_for = self.known.needles

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
        if not self.known or len(text) < self.known.shortest or self._is_known_clean(text):
            return text
        if self._suspect(text):
            return self._hidden(text)
        self._remember(text)
        return text

    def _remember(self, text: str) -> None:
        """A text is clean: of long ones a few are remembered, as a body is looked into once more when it is written."""
        if len(text) <= _SHORT:
            if len(self._clean) < _MOST_CLEAN:
                self._clean.add(text)
            return
        if len(self._clean_long) >= _MOST_LONG:
            self._clean_long.clear()
        self._clean_long.add(text)

    def _hidden(self, text: str) -> str:
        """The text without any value, nor one that only stands there once its neighbour is gone."""
        for _ in range(DEEPEST):
            before, text = text, self._without(text)
            if text == before:
                break
        return text

    def _is_known_clean(self, text: str) -> bool:
        """Whether it was looked into before, since when nothing was learned: most texts come again and again."""
        if self._looked_for is not self.known.needles:
            self._looked_for = self.known.needles
            self._clean.clear()
            self._clean_long.clear()
        return text in (self._clean if len(text) <= _SHORT else self._clean_long)

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
            or self._packed_in(line)
        )

    def data(self, value: Any) -> Any:
        """Plain data without any known value in its texts."""
        if isinstance(value, str):
            return value if len(value) < self.known.shortest else self.text(value)
        if isinstance(value, dict):
            return {self.data(name): self.data(part) for name, part in value.items()}
        return [self.data(part) for part in value] if isinstance(value, list | tuple) else value

    def _suspect(self, text: str) -> bool:
        if self._told(text):
            return True
        escaped = (ESCAPED if self.known.quoted else TELLING).search(text)
        return escaped is not None and self._inside(text, DEEPEST)

    def _inside(self, text: str, deepest: int) -> bool:
        """Whether a value may stand in a text below layers of escapes."""
        return APART.search(text) is not None or any(self._told(inner, deepest) for inner in readings(text, deepest))

    def _told(self, text: str, deepest: int = DEEPEST) -> bool:
        """Whether a value may stand in a text as it is, or packed."""
        low = lowered(text)
        return any(form in low for form in self.known.plain) or self._packed_in(text, deepest)

    def _packed_in(self, text: str, deepest: int = DEEPEST) -> bool:
        return self._coded(_joined(text) if "\n" in text or "\\n" in text else text, deepest)

    def _coded(self, text: str, deepest: int) -> bool:
        """Whether a value may stand in a text as Base64, or as a number that is written in another way."""
        runs = stretches(text, self.known.stretch)
        coded = b" ".join(runs)
        return (
            any(form in coded for form in self.known.packed)
            or any(deepest <= 0 or self._opened(run, deepest - 1) for run in runs if readable(run))
            or (bool(self.known.numbers) and self.known.number_in(text))
        )

    def _opened(self, run: bytes, deepest: int) -> bool:
        """Whether a value may stand in what a stretch holds."""
        return any(self._told(inner, deepest) or self._inside(inner, deepest) for inner in opened(run))

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
