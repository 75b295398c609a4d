"""Amounts: many APIs write them as numbers, many as decimal texts such as "12.50"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

TEXT_BOUNDS = {"minimum": "x-minimum", "maximum": "x-maximum"}
"""JSON Schema knows no bounds of a number that is written as a text; these are the words for them."""

_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}(\.([0-9]{1,12}))?", re.ASCII)


def number_of(value: Any) -> float | None:
    """The number that a value is, or that a decimal text spells; None for all else."""
    if isinstance(value, str):
        return float(value) if _DECIMAL.fullmatch(value) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def written_like(known: Any, number: float) -> Any:
    """A number as the known amount is written: itself, or a text with as many digits behind the point, or more."""
    spelled = _DECIMAL.fullmatch(known) if isinstance(known, str) else None
    if spelled is None:
        return number
    exact = Decimal(repr(number)).normalize()
    digits = max(len(spelled[2] or ""), -int(exact.as_tuple().exponent))
    return f"{exact:.{digits}f}"


def smallest_step(known: Any) -> float:
    """The difference of an amount to the next one: a unit of its last digit in a text, else 1."""
    spelled = _DECIMAL.fullmatch(known) if isinstance(known, str) else None
    return float(Decimal(1).scaleb(-len(spelled[2] or ""))) if spelled else 1


def with_bounds(schema: Mapping[str, Any], bounds: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with bounds, in the words that mean something beside its type."""
    text = is_text(schema)
    return {**schema, **{TEXT_BOUNDS[name] if text else name: value for name, value in bounds.items()}}


def is_text(schema: Mapping[str, Any]) -> bool:
    """Whether a schema asks for a text where others ask for a number."""
    said = schema.get("type")
    types = {said} if isinstance(said, str) else set(said or ())
    return "string" in types and not types & {"integer", "number"}
