"""Free texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.model import Field


def rows(good: str, _field: Field) -> Iterator[tuple[str, Any]]:
    """Empty, blank, other types, very long, characters from elsewhere."""
    yield "empty", ""
    yield "number instead of text", 12345
    yield "null", None
    yield "blank", "   "
    yield "other type", [good]
    yield "other type", {"text": good}
    yield "boolean", True
    for value in ("x" * 10_000, "a\u0000b", "\ud800", "مرحبا", "<b>&amp;", "a'b\"c;--"):
        yield "unusual text", value
