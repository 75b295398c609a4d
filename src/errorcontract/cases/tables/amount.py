"""Amounts around and far beyond what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from errorcontract.cases.written import Written
from errorcontract.model import Field


def rows(good: float, field: Field) -> Iterator[tuple[str, Any]]:
    """Negative, zero, both sides of each bound, fractions, texts, other types, numbers no machine word holds."""
    yield "negative", -100
    yield "zero", 0
    yield from _bounds(field)
    yield "text", str(good)
    yield "fraction", good + 0.5
    yield "boolean", True
    yield from _huge()
    yield "null", None
    yield "negative", -good
    yield "negative", -1
    yield "fraction", good + 0.0000001
    yield from _texts(good)
    yield "boolean", False
    yield "other type", [good]
    yield "other type", {"amount": good}
    yield "tiny", 0.01
    yield "exponent", Written("5e2", 500)
    yield "exponent", Written("5E+2", 500)
    yield "exponent", Written(f"{good}.0", good)
    yield "zero", -0.0
    yield "negative", -0.5


def _bounds(field: Field) -> Iterator[tuple[str, Any]]:
    listed = sorted(field.schema.get("enum", ()))
    for lower, upper in reversed(list(pairwise(listed))):
        yield "not in the list", _whole((lower + upper) / 2)
    if listed:
        yield "not in the list", listed[-1] + listed[0]
    if field.minimum is not None:
        yield "below the minimum", _whole(field.minimum - 1)
        yield "below the minimum", 1
        yield "below the minimum", field.minimum - 0.5
    if field.maximum is not None:
        yield "above the maximum", _whole(field.maximum + 1)
        yield "above the maximum", _whole(field.maximum * 10)
        yield "above the maximum", field.maximum + 0.5


def _texts(good: float) -> Iterator[tuple[str, Any]]:
    yield "text", f"{good} "
    yield "text", ""
    yield "text", "-100"
    yield "text", f"{good}.00"
    yield "text", "5e2"
    yield "text", "٥٠٠"
    yield "text", f"0x{int(good):x}"
    yield "text", "five hundred"


def _huge() -> Iterator[tuple[str, Any]]:
    for number in (2**63, 2**31, 2**53 + 1, -(2**63) - 1, 10**400, 1e308):
        yield "huge", number
    yield "beyond any float", Written("1e400", 10**400)
    yield "beyond any float", Written("-1e400", -(10**400))


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number


def bounds(field: Field) -> Iterator[tuple[str, float]]:
    """The outermost values that must be accepted."""
    if field.minimum is not None:
        yield "the smallest allowed", _whole(field.minimum)
    if field.maximum is not None:
        yield "the largest allowed", _whole(field.maximum)
