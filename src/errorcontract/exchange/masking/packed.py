"""Stretches of Base64 and of hexadecimal digits: what they hold, and where in the text it stands."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import pairwise

Inner = tuple[str, Callable[[int, int], tuple[int, int]]]
"""What a stretch holds, as Latin-1, and a function that maps a span of it to one of the text."""

_RUN = re.compile(r"[A-Za-z0-9+/_-]+(?:=?=?(?:\r\n?|\n)[ \t]?[A-Za-z0-9+/_-]+)*")
_HEX = re.compile(r"[0-9A-Fa-f]{2}(?:[:\s-]?[0-9A-Fa-f]{2}){7,}")
_READABLE = re.compile(
    rb"(?:[\t\n\r\x20-\x7e]|[\xc3-\xf4][\x80-\xbf]{1,3}){4}|(?:[\t\n\r\x20-\x7e]\x00+){6}|\x1f\x8b\x08"
)
_IN_GROUPS = re.compile(
    rb"(?:[A-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-]){3}|H4sI[A-Za-z0-9+/_-]{12}"
    rb"|(?:(?:[2-7][0-9A-F]|0[9AD])(?:00)?){8}"
)
"""Base64 of a text in ASCII, of which the top bit of each byte is 0; of what gzip made; the text's digits."""

_IN_PAIRS = re.compile(rb"(?:(?:[2-7][0-9a-f]|0[9ad])(?:00)?){8}")

_BREAK = re.compile(r"[=\s]+")
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
_KINDS = bytes(120 if byte in _ALPHABET else 32 for byte in range(256))
_LONG = 12
_STANDARD = str.maketrans("-_", "+/")
_GROUP = 4
_GZIP = b"\x1f\x8b\x08"
_MOST = 256 * 1024


def unpacked(text: str, forms: Collection[str]) -> Iterator[Inner]:
    """What the stretches of a text hold, read at each place where a group of characters may begin.

    A stretch counts if it seems to hold a text, or one of the forms.
    """
    for match in _RUN.finditer(text):
        run = _BREAK.sub("", match[0])
        if readable(run.encode()) or (run != match[0] and any(form in run for form in forms)):
            yield from _of_base64(match[0], match.start())
    for match in _HEX.finditer(text):
        yield from _of_hex(match[0], match.start())


def stretches(text: str, least: int) -> list[bytes]:
    """The stretches of a text that may be Base64, of at least so many characters."""
    raw = text.encode("utf-8", "replace")
    apart = raw.translate(_KINDS)
    long, found, end = b"x" * least, [], 0
    while (start := apart.find(long, end)) >= 0:
        end = apart.find(b" ", start)
        end = end if end >= 0 else len(raw)
        found.append(raw[start:end])
    return found


def readable(run: bytes) -> bool:
    """Whether a stretch seems to hold a text itself, or what gzip made; few words and ids look so."""
    if len(run) < _LONG:
        return False
    return (_IN_PAIRS if run.islower() else _IN_GROUPS).search(run) is not None


def opened(run: bytes) -> Iterator[str]:
    """What a stretch may hold, as Latin-1: to look into quickly."""
    common = run.decode("latin-1")
    raws = [*_readings(common), *(_pairs(common[shift:]) for shift in (0, 1))]
    for raw in raws:
        if _READABLE.search(raw):
            plain = unzipped(raw[max(0, raw.find(_GZIP)) :])
            yield (raw if plain is None else plain).decode("latin-1")


def _pairs(digits: str) -> bytes:
    """Bytes written as hexadecimal digits, none where there are other characters."""
    try:
        return bytes.fromhex(digits[: len(digits) // 2 * 2])
    except ValueError:
        return b""


def _readings(run: str) -> Iterator[bytes]:
    common = run.translate(_STANDARD)
    for shift in range(_GROUP):
        yield _decoded(common[shift:])


def _decoded(run: str) -> bytes:
    left = len(run) % _GROUP
    run = run[:-1] if left == 1 else run + "=" * (-left % _GROUP)
    return base64.b64decode(run)


def _of_base64(run: str, start: int) -> Iterator[Inner]:
    kept = [place for place, char in enumerate(run) if char not in "=\r\n \t"]
    whole = run if len(kept) == len(run) else "".join([run[place] for place in kept])
    for shift, raw in enumerate(_readings(whole)):
        if _READABLE.search(raw):
            yield _inner(raw, partial(_in_groups, kept, start, shift), (start, start + len(run)))


def _in_groups(kept: Sequence[int], start: int, shift: int, first: int, last: int) -> tuple[int, int]:
    """Where some bytes stand in Base64, of which four characters hold three."""
    low, high = first * 4 // 3 + shift, min(-(-last * 4 // 3) + shift, len(kept))
    return start + kept[low], start + kept[high - 1] + 1


def _of_hex(run: str, start: int) -> Iterator[Inner]:
    digits = [place for place, char in enumerate(run) if char not in ":- \t\r\n"]
    for shift in (0, 1):
        pairs = list(pairwise(digits))[shift::2]
        raw = bytes(int(run[first] + run[last], 16) for first, last in pairs)
        if _READABLE.search(raw):
            yield _inner(raw, partial(_in_pairs, pairs, start), (start, start + len(run)))


def _in_pairs(pairs: Sequence[tuple[int, int]], start: int, first: int, last: int) -> tuple[int, int]:
    """Where some bytes stand among digits."""
    return start + pairs[first][0], start + pairs[last - 1][1] + 1


def _inner(raw: bytes, placed: Callable[[int, int], tuple[int, int]], whole: tuple[int, int]) -> Inner:
    """What was packed once more is read too; a secret in it hides all of the stretch."""
    plain = unzipped(raw[max(0, raw.find(_GZIP)) :])
    return (raw.decode("latin-1"), placed) if plain is None else (plain.decode("latin-1"), partial(_all, whole))


def _all(whole: tuple[int, int], _first: int, _last: int) -> tuple[int, int]:
    return whole


def unzipped(raw: bytes) -> bytes | None:
    """What gzip made small, up to a limit; None where it is nothing of that kind."""
    if not raw.startswith(_GZIP):
        return None
    try:
        return zlib.decompressobj(31).decompress(raw, _MOST)
    except zlib.error:
        return None
