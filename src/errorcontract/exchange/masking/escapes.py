"""Takes one layer of escapes off a text, and knows for each character where it stood."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from html.entities import html5

ESCAPED = re.compile(
    r"%[0-9A-Fa-f]{2}|\\[\"'\\/bfnrtux]|&(?:#|[A-Za-z][A-Za-z0-9]{1,31};)|=[0-9A-Fa-f]{2}|=[ \t]*\r?\n|\x00"
    r"|:[2-7][0-9A-Fa-f]:(?:00:)?[2-7][0-9A-Fa-f]:(?:00:)?[2-7][0-9A-Fa-f]:"
)
"""An escape of any kind in a text, or bytes as digits that stand apart."""

APART = re.compile(r"(?:[2-7][0-9A-Fa-f][:\s-](?:00[:\s-])?){3}[2-7][0-9A-Fa-f]")
"""Bytes as digits that stand apart."""

TELLING = re.compile(
    r"%[0-9A-Fa-f]{2}|\\[ux/]|&(?:#|[A-Za-z][A-Za-z0-9]{1,31};)"
    r"|=3[Dd]|=00|=[C-Fc-f][0-9A-Fa-f]=[89ABab]|=[2-7][0-9A-Fa-f]=[2-7][0-9A-Fa-f]|=[ \t]*(?:\r?\n|\\+[rn])|\x00"
    r"|:[2-7][0-9A-Fa-f]:(?:00:)?[2-7][0-9A-Fa-f]:(?:00:)?[2-7][0-9A-Fa-f]:"
)
"""The same, without the escapes that a letter or a digit can't have."""

TELLING_LINE = re.compile(
    r"%[0-9A-Fa-f]{2}|\\\\[ux/]|\\u00|&(?:#|[A-Za-z][A-Za-z0-9]{1,31};)"
    r"|=3[Dd]|=00|=[C-Fc-f][0-9A-Fa-f]=[89ABab]|=[2-7][0-9A-Fa-f]=[2-7][0-9A-Fa-f]|=[ \t]*\\[nrt]"
    r"|:[2-7][0-9A-Fa-f]:(?:00:)?[2-7][0-9A-Fa-f]:(?:00:)?[2-7][0-9A-Fa-f]:"
)
ESCAPED_LINE = re.compile(TELLING_LINE.pattern.replace(r"\\\\[ux/]", r"\\\\"))
"""Both for the texts in a line of JSON, where a tab or a line break is an escape of the line itself."""

_COMMON = re.compile(
    r"(?P<bytes>(?:%[0-9A-Fa-f]{2})+|(?:\\x[0-9A-Fa-f]{2})+)"
    r"|\\u(?P<high>[dD][89abAB][0-9A-Fa-f]{2})\\u(?P<low>[dD][c-fC-F][0-9A-Fa-f]{2})"
    r"|\\u(?P<unit>[0-9A-Fa-f]{4})"
    r"|\\(?P<one>[\"'\\/bfnrt])"
    r"|&#(?P<dec>\d{1,12});|&#[xX](?P<hex>[0-9A-Fa-f]{1,10});|&(?P<named>[A-Za-z][A-Za-z0-9]{1,31};)"
)
_QUOTED_PRINTABLE = re.compile(r"(?P<bytes>(?:=[0-9A-Fa-f]{2})+)")
_NOTHING = re.compile(r"(?P<nothing>=[ \t]*\r?\n|\x00)")
_LAYERS = (_COMMON, _QUOTED_PRINTABLE, _NOTHING)
_ONE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LAST = 0x10FFFF


_RUNS = re.compile(
    r"(?:%[0-9A-Fa-f]{2})+|(?:\\x[0-9A-Fa-f]{2})+|(?:\\u[0-9A-Fa-f]{4})+|\\[\"'\\/bfnrt]"
    r"|&#\d{1,12};|&#[xX][0-9A-Fa-f]{1,10};|&[A-Za-z][A-Za-z0-9]{1,31};"
)
"""What the first layer takes off, in runs."""


def readings(text: str, deepest: int) -> Iterator[str]:
    """The text, and what it says without layers of escapes, as `peeled` reads it: to look into quickly."""
    known, last = {text}, [text]
    yield text
    for _ in range(deepest):
        last = [inner for outer in last if ESCAPED.search(outer) for inner in _flat(outer) if inner not in known]
        if not last:
            return
        known.update(last)
        yield from dict.fromkeys(last)


def _flat(text: str) -> Iterator[str]:
    """The text without one layer of each kind that may be there."""
    if "\\" in text or "%" in text or "&" in text:
        yield _RUNS.sub(_run, text)
    if "=" in text or "\0" in text:
        yield _QUOTED_PRINTABLE.sub(_run, text)
        yield _NOTHING.sub("", text)


def _run(match: re.Match[str]) -> str:
    spelled = match[0]
    if spelled.startswith("\\u"):
        return bytes.fromhex(spelled.replace("\\u", "")).decode("utf-16-be", "replace")
    whole = _COMMON.fullmatch(spelled) or match
    return "".join([char for char, _ in _characters(whole)])


class Peeled:
    """A text without one layer of escapes. `outer` is where a position of it is in the text before."""

    def __init__(self, text: str, at: array[int], before: array[int]) -> None:
        self.text = text
        self._at, self._before = at, before

    def outer(self, position: int) -> int:
        """The position in the text before, of which a character may have taken many."""
        piece = bisect_right(self._at, position) - 1
        return self._before[piece] + position - self._at[piece]


def peeled(text: str) -> Iterator[Peeled]:
    """The text without one layer: of percent signs, JSON and HTML; of quoted-printable; of line breaks and NULs."""
    for layer in _LAYERS:
        found = _peel(text, layer)
        if found is not None:
            yield found


def _peel(text: str, layer: re.Pattern[str]) -> Peeled | None:
    parts: list[str] = []
    at, before = array("q", [0]), array("q", [0])
    end = length = 0
    for match in layer.finditer(text):
        parts.append(text[end : match.start()])
        length += match.start() - end
        end = match.start()
        for char, size in _characters(match):
            at.append(length)
            before.append(end)
            parts.append(char)
            length += len(char)
            end += size
        at.append(length)
        before.append(end)
    if not end:
        return None
    parts.append(text[end:])
    at.append(length + len(text) - end)
    before.append(len(text))
    return Peeled("".join(parts), at, before)


def _characters(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """What an escape stands for, each character with how many of the text it takes."""
    kind, spelled = str(match.lastgroup), match[0]
    if kind == "bytes":
        yield from _of_bytes(spelled)
    elif kind == "low":
        both = bytes.fromhex(match["high"] + match["low"])
        yield both.decode("utf-16-be", "replace"), len(spelled)
    elif kind == "nothing":
        yield "", len(spelled)
    else:
        yield _of_number(kind, match[kind]), len(spelled)


def _of_bytes(spelled: str) -> Iterator[tuple[str, int]]:
    size = 4 if spelled[0] == "\\" else 3
    raw = bytes(int(spelled[start + size - 2 : start + size], 16) for start in range(0, len(spelled), size))
    for char in raw.decode("utf-8", "surrogateescape"):
        yield _kept(char), size * len(char.encode("utf-8", "surrogateescape"))


def _of_number(kind: str, spelled: str) -> str:
    if kind == "one":
        return _ONE.get(spelled, spelled)
    if kind == "named":
        return html5.get(spelled, f"&{spelled}")[:1]
    number = int(spelled, 10 if kind == "dec" else 16)
    return chr(number) if number <= _LAST else "\ufffd"


def _kept(char: str) -> str:
    """A byte that is no UTF-8 as the character of its number."""
    return chr(ord(char) - 0xDC00) if "\udc80" <= char <= "\udcff" else char
