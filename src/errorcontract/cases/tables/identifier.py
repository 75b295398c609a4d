"""Identifiers and references: texts that systems stumble over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.model import Field


def rows(good: str, _field: Field) -> Iterator[tuple[str, Any]]:
    """Wrong types first, then texts that need care: separators, quotes, NUL, surrogates, very long ones."""
    yield "number instead of text", 12345
    yield "other type", [good]
    yield "null", None
    yield "other type", {"id": good}
    yield "boolean", True
    yield "empty", ""
    for tail in (
        "/b",
        "'b\"c",
        "\u0000b",
        "x" * 3000,
        "مرجع-١",
        "%2Fb",
        "?b#c",
        "/../b",
        "\nb",
        "\ud800",
        "${7*7}",
        " b",
    ):
        yield "unusual text", f"{good}{tail}"  # grown from a good value, so that it is fresh where that must be
