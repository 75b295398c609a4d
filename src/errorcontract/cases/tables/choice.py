"""Values outside a closed list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.model import Field


def rows(good: Any, _field: Field) -> Iterator[tuple[str, Any]]:
    """Another word, other case, white space, a number as text or the reverse, other types."""
    if isinstance(good, str):
        yield from _of_text(good)
    else:
        yield from _of_number(good)
    yield "null", None
    yield "other type", [good]
    yield "other type", {"value": good}
    yield "boolean", True


def _of_text(good: str) -> Iterator[tuple[str, Any]]:
    yield "not in the list", "NONE_OF_THESE"
    yield "empty", ""
    yield "other case", good.swapcase()
    yield "white space around", f"{good} "
    yield "not in the list", f"{good}x"
    yield "white space around", f" {good}"
    yield "number instead of text", 1


def _of_number(good: float) -> Iterator[tuple[str, Any]]:
    yield "not in the list", good + 1
    yield "negative", -good
    yield "zero", 0
    yield "text", str(good)
    yield "fraction", good + 0.5
    yield "huge", 2**63
    yield "text", ""
