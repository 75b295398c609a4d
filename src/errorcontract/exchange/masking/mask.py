"""Replaces each known value, in whatever form it stands, by a mark that shows where it stood and which it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from errorcontract.exchange.masking.clean import Clean
from errorcontract.exchange.masking.known import Known
from errorcontract.exchange.masking.marking import marked, marked_once
from errorcontract.exchange.masking.ours import Ours
from errorcontract.exchange.masking.packed import unzipped
from errorcontract.exchange.masking.places import Places, without_cookies
from errorcontract.exchange.masking.suspicion import Suspicion
from errorcontract.model import Exchange, Headers


class Mask:
    """Knows what must not be shown; `secrets` are credentials by name, or without names."""

    def __init__(self, secrets: Iterable[str] | Mapping[str, str] = (), places: Places | None = None) -> None:
        self.known = Known(secrets)
        self.places = places or Places()
        self._ours = Ours()
        self._clean = Clean(self.known)
        self._suspicion = Suspicion(self.known)

    def learn(self, exchange: Exchange) -> None:
        """Take note of what the target tells: from now on it is hidden wherever it stands."""
        self._ours.add(exchange.request)
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
        return not self.known.has(value) and self._ours.hold(value)

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
        if not self.known or len(text) < self.known.shortest or self._clean.has(text):
            return text
        if self._suspicion.of(text):
            return marked(text, self.known)
        self._clean.add(text)
        return text

    def texts(self, texts: Sequence[str]) -> Sequence[str]:
        """Each of some short texts without any known value."""
        return texts if self.text(whole := "\n".join(texts)) == whole else [self.text(text) for text in texts]

    def stands_in(self, line: str) -> bool:
        """Whether a value may stand in any text of a line of JSON whose letters are written as they are."""
        return bool(self.known) and self._suspicion.of_line(line)

    def data(self, value: Any) -> Any:
        """Plain data without any known value in its texts."""
        if isinstance(value, str):
            return value if len(value) < self.known.shortest else self.text(value)
        if isinstance(value, dict):
            return {self.data(name): self.data(part) for name, part in value.items()}
        return [self.data(part) for part in value] if isinstance(value, list | tuple) else value

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
            return marked_once(body.decode("latin-1"), self.known).encode("latin-1", "replace")
        masked = self.text(text)
        return body if masked is text else masked.encode("utf-8", "replace")
