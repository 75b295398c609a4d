"""Identifiers and references: texts that systems stumble over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.model import Field

_TAILS = (
    ("NUL", "\u0000b"),
    ("lone surrogate", "\ud800"),
    ("separator", "/b"),
    ("quotes", "'b\"c"),
    ("very long", "x" * 3000),
    ("other script", "مرجع-١"),
    ("escapes", "%2Fb"),
    ("separator", "?b#c"),
    ("separator", "/../b"),
    ("new line", "\nb"),
    ("template", "${7*7}"),
    ("blank", " b"),
)


def rows(good: str, _field: Field) -> Iterator[tuple[str, Any]]:
    """Wrong types first, then texts that need care: separators, quotes, NUL, surrogates, very long ones."""
    yield "number instead of text", 12345
    yield "other type", [good]
    yield "null", None
    yield "other type", {"id": good}
    yield "boolean", True
    for kind, tail in _TAILS:
        yield kind, f"{good}{tail}"  # grown from a good value, so that it is fresh where that must be
    yield "empty", ""
