"""One request as a curl command."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Sequence
from dataclasses import dataclass

from errorcontract.curl.words import Words
from errorcontract.model import Headers, Request

_LONGEST = 16 * 1024
_ASKS_FIRST = 1024 * 1024  # curl asks whether a larger body is welcome; the harness does not
_START = r"-sS -i -g --path-as-is -w '\n'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request in the words of curl. `feed` is the command that writes its body, where that is no word."""

    options: str
    url: str
    feed: str | None = None

    def alone(self) -> str:
        """As a command."""
        return f"{self.feed + ' | ' if self.feed else ''}curl {self.options}{self._data('@-')} {self.url}"

    def beside(self, times: int) -> str:
        """As a part of a command that sends several requests at once."""
        return f"{self.options}{self._data(f'@<({self.feed})')} {' '.join([self.url] * times)}"

    def _data(self, source: str) -> str:
        return f" --data-binary {source}" if self.feed else ""


def command(request: Request, url: str, words: Words, extra: Headers = ()) -> str:
    """The request as a command. `extra`: headers that go with every request."""
    return call(request, url, words, extra).alone()


def call(request: Request, url: str, words: Words, extra: Headers = ()) -> Call:
    """The request in the words of curl."""
    verb = "-I" if request.method == "HEAD" else f"-X {request.method}"
    source = [f"--interface {request.source}"] if request.source else []
    feed, data = _body(request.body, words)
    options = [_START, verb, *source, *_headers(request, words, extra), *data]
    return Call(options=" ".join(options), url=words.word(url.rstrip("/") + request.target), feed=feed)


def _headers(request: Request, words: Words, extra: Headers) -> list[str]:
    headers = (*request.headers, *extra)
    lines = [f"{name}: {value}" if value else f"{name};" for name, value in headers]
    sent = {name.lower() for name, _ in headers}
    own = ["Accept", *_own_of_a_body(request.body)]
    lines += [f"{name}:" for name in own if name.lower() not in sent]
    return [f"-H {words.header(line)}" for line in lines]


def _own_of_a_body(body: bytes | None) -> list[str]:
    """Headers that curl adds to a body by itself."""
    if body is None:
        return []
    return ["Content-Type", "Expect"] if len(body) >= _ASKS_FIRST else ["Content-Type"]


def _body(body: bytes | None, words: Words) -> tuple[str | None, Sequence[str]]:
    """The command that writes the body, or the option that holds it."""
    if body is None:
        return None, ()
    text = body.decode("utf-8", "surrogateescape")
    if text.isprintable() and len(body) <= _LONGEST and not _not_text(text):
        return None, (f"--data-binary {words.word(text)}",)
    shown, filled = words.shown(body)
    packed = base64.b64encode(gzip.compress(shown, mtime=0)).decode()
    return f"echo {packed} | base64 -d | gunzip{words.renewed(shown)}{filled}", ()


def _not_text(text: str) -> bool:
    return "\0" in text or any("\ud800" <= char <= "\udfff" for char in text) or text.startswith("@")
