"""Where in a text a known value stands, in whatever form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from errorcontract.exchange.masking.escapes import ESCAPED, peeled
from errorcontract.exchange.masking.needles import Needle, lowered
from errorcontract.exchange.masking.packed import unpacked

Span = tuple[int, int, str]
"""Where it begins and ends, and the mark that takes its place."""

DEEPEST = 4  # layers of coding
_NUMBER = re.compile(r"\d(?:[ ().\-/\u00a0\u202f]{0,2}\d){6,}")


def spans(text: str, needles: Sequence[Needle], deepest: int = DEEPEST) -> Iterator[Span]:
    """Each place of a value: as it is, escaped, packed, and all of these one in the other. They may overlap."""
    yield from _plain(text, needles)
    yield from _numbers(text, needles)
    if deepest and ESCAPED.search(text):
        yield from _spelled(text, needles)
        for inner in peeled(text):
            for start, end, mark in spans(inner.text, needles, deepest - 1):
                yield inner.outer(start), inner.outer(end), mark
    if deepest:
        for packed, placed in unpacked(text, [form for needle in needles for form in needle.inner]):
            for start, end, mark in spans(packed, needles, deepest - 1):
                yield (*placed(start, end), mark)


def _plain(text: str, needles: Sequence[Needle]) -> Iterator[Span]:
    low = lowered(text)
    for needle in needles:
        for form in needle.plain:
            start = low.find(form)
            while start >= 0:
                yield start, start + len(form), needle.mark
                start = low.find(form, start + 1)
        for form in needle.inner:
            start = text.find(form)
            while start >= 0:
                yield (*_with_neighbours(text, start, start + len(form)), needle.mark)
                start = text.find(form, start + 1)


def _with_neighbours(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of Base64 with the characters beside it, which tell bits of its first and its last one."""
    return start - (text[start - 1 : start].isalnum()), end + (text[end : end + 1].isalnum())


def _spelled(text: str, needles: Sequence[Needle]) -> Iterator[Span]:
    low = lowered(text)
    for needle in needles:
        for match in needle.spelled.finditer(low) if needle.fixed else ():
            yield match.start(), match.end(), needle.mark


def _numbers(text: str, needles: Sequence[Needle]) -> Iterator[Span]:
    """Numbers, however they are grouped, and in the digits of any script."""
    wanted = [(needle, needle.digits) for needle in needles if needle.digits]
    for match in _NUMBER.finditer(text) if wanted else ():
        places = [place for place in range(match.start(), match.end()) if text[place].isdecimal()]
        digits = "".join([str(unicodedata.decimal(text[place])) for place in places])
        for needle, (whole, core) in wanted:
            at, size = digits.find(whole), len(whole)
            if at < 0:
                at, size = digits.find(core), len(core)
            if at >= 0:
                lead = len(needle.value) - size if size < len(whole) else 0
                yield places[at], places[at + size - 1] + 1, needle.part(lead)
