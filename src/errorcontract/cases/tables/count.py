"""Counts: whole numbers from one on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.model import Field


def rows(good: int, _field: Field) -> Iterator[tuple[str, Any]]:
    """Zero, negative, fractions, texts, other types. Large counts are left to what the stock allows."""
    yield "zero", 0
    yield "negative", -1
    yield "fraction", good + 0.5
    yield "text", str(good)
    yield "null", None
    yield "boolean", True
    yield "negative", -(2**31)
    yield "other type", [good]
    yield "other type", {"count": good}
    yield "text", ""
    yield "boolean", False
