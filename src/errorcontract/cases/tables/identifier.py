"""Identifiers and references: texts that systems stumble over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.model import Field

_TAILS = (
    ("lone surrogate", "\ud800"),
    ("NUL", "\u0000b"),
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
    """A wrong type first, then texts that need care: surrogates, NUL, separators, quotes, very long ones."""
    yield "number instead of text", 12345
    surrogate, *others = _TAILS
    yield _grown(good, *surrogate)
    yield "null", None
    yield from (_grown(good, *tail) for tail in others[:1])
    yield "other type", [good]
    yield "other type", {"id": good}
    yield "boolean", True
    yield from (_grown(good, *tail) for tail in others[1:])
    yield "empty", ""


def _grown(good: str, kind: str, tail: str) -> tuple[str, Any]:
    """Grown from a good value, so that it is fresh where that must be."""
    return kind, f"{good}{tail}"
