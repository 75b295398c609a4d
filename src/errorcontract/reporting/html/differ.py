"""What differs between what was expected and what was observed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from markupsafe import Markup

from errorcontract.reporting.html.colour import exposed
from errorcontract.reporting.text import clip, visible

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_TELLING = re.compile(r"\w{4}|\d")
_LONGEST = 1_200
_MOST_PAIRS = 10_000  # comparing takes longer than in proportion, and a target may have written these texts
_Spans = list[tuple[int, int]]


def marked(expected: str, observed: str) -> tuple[Markup, Markup]:
    """Both texts, with the parts that the other one lacks in <mark>."""
    left, right = (_WORD.findall(clip(visible(text), _LONGEST)) for text in (expected, observed))
    blocks = [one for one in _blocks(left, right) if _TELLING.search("".join(left[one[0] : one[0] + one[2]]))]
    return (
        _with_marks(left, [(start, start + size) for start, _, size in blocks]),
        _with_marks(right, [(start, start + size) for _, start, size in blocks]),
    )


def _blocks(left: list[str], right: list[str]) -> Iterator[tuple[int, int, int]]:
    """What both have in the same order, as (place, place, length). Of long texts, the beginning alone."""
    start = next((at for at, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), None)
    start = min(len(left), len(right)) if start is None else start
    yield 0, 0, start
    if (len(left) - start) * (len(right) - start) <= _MOST_PAIRS:
        rest = SequenceMatcher(None, left[start:], right[start:], autojunk=False).get_matching_blocks()
        yield from ((start + one.a, start + one.b, one.size) for one in rest)


def _with_marks(words: list[str], same: _Spans) -> Markup:
    return Markup("").join(
        _part("".join(words[start:end]), differs) for start, end, differs in _parts(len(words), same)
    )


def _parts(length: int, same: _Spans) -> Iterator[tuple[int, int, bool]]:
    """The whole as stretches (start, end, whether it differs)."""
    place = 0
    for start, end in [*same, (length, length)]:
        yield place, start, True
        yield start, end, False
        place = end


def _part(text: str, differs: bool) -> Markup:  # noqa: FBT001 - one of two kinds of text
    if not differs or not text.strip():
        return exposed(text)
    inner = text.strip()
    before, _, after = text.partition(inner)
    return exposed(before) + Markup("<mark>{}</mark>").format(exposed(inner)) + exposed(after)
