"""Amounts around and far beyond what is allowed, as numbers or, where the API writes them so, as decimal texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from errorcontract.cases.oracle import allowed
from errorcontract.cases.written import Written
from errorcontract.model import Field, number_of, smallest_step, written_like


def rows(good: float | str, field: Field) -> Iterator[tuple[str, Any]]:
    """Amounts that are written as the good one is, and as it must not be."""
    yield from _written(good, field) if isinstance(good, str) else _numbers(good, field)


def _numbers(good: float, field: Field) -> Iterator[tuple[str, Any]]:
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


def _written(good: str, field: Field) -> Iterator[tuple[str, Any]]:
    """Texts that spell numbers out of bounds, that spell none, that spell one otherwise; numbers themselves."""
    number, step = number_of(good) or 0, smallest_step(good)
    yield from (("negative", written_like(good, value)) for value in (-100, -number, -step))
    yield "zero", written_like(good, 0)
    if field.minimum is not None:
        yield from (("below the minimum", written_like(good, field.minimum - less)) for less in (step, 10 * step))
    if field.maximum is not None:
        yield "above the maximum", written_like(good, field.maximum + step)
        yield "above the maximum", written_like(good, field.maximum * 10)
    yield "number", number
    yield "more digits", written_like(good, number + step / 10)
    yield "more digits", f"{good}{'' if '.' in good else '.'}0000001"
    yield from _misspelled(good, number)
    yield from (("huge", text) for text in ("9" * 17, "9" * 40, f"{2**63}", "1e400"))
    yield from (("other type", value) for value in ([good], {"amount": good}))
    yield from (("boolean", value) for value in (True, False))
    yield "null", None


def _misspelled(good: str, number: float) -> Iterator[tuple[str, Any]]:
    yield from (("no number", text) for text in ("", "NaN", "five hundred", "Infinity", "-0", ".", "0x64"))
    yield from (("spacing", text) for text in (f"{good} ", f" {good}", f"{good}\n"))
    yield from (("separators", text) for text in (good.replace(".", ","), f"1,{good}", f"{good}.0"))
    yield "other digits", good.translate({ord("0") + digit: chr(0x0660 + digit) for digit in range(10)})
    yield from (("sign", text) for text in (f"+{good}", f"--{good}"))
    yield from (("exponent", text) for text in (f"{number:g}e0", "5e1"))


def bounds(field: Field, good: Any) -> Iterator[tuple[str, Any]]:
    """The outermost values that must be accepted, written as the good one is; nothing where that can't be read."""
    for name, bound in (("the smallest allowed", field.minimum), ("the largest allowed", field.maximum)):
        value = None if bound is None else written_like(good, _whole(bound))
        if value is not None and allowed(field.schema, value):
            yield name, value
