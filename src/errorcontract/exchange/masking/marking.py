"""Puts marks into a text where known values stand."""

from __future__ import annotations

from collections.abc import Iterable

from errorcontract.exchange.masking.known import Known
from errorcontract.exchange.masking.spans import DEEPEST, Span, spans


def marked(text: str, known: Known) -> str:
    """The text without any value, nor one that only stands there once its neighbour is gone."""
    for _ in range(DEEPEST):
        before, text = text, marked_once(text, known)
        if text == before:
            break
    return text


def marked_once(text: str, known: Known) -> str:
    """The text with a mark in the place of each value."""
    found = sorted(spans(text, known.needles), key=lambda span: (span[0], -span[1]))
    if not found:
        return text
    kept = known.marks.finditer(text)
    return _spliced(text, _apart(found, [match.span() for match in kept]))


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
