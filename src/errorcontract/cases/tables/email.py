"""E-mail addresses: what is plainly none, and what systems take for one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.model import Field


def rows(good: str, _field: Field) -> Iterator[tuple[str, Any]]:
    """Without its parts, with white space, with two signs, of other types."""
    user, _, host = str(good).partition("@")
    yield "no at sign", f"{user}{host}".replace("@", "")
    yield "empty", ""
    yield "null", None
    yield "no host", f"{user}@"
    yield "no user", f"@{host}"
    yield "two at signs", f"{user}@@{host}"
    yield "white space inside", f"{user} x@{host}"
    yield "trailing newline", f"{good}\n"
    yield "number instead of text", 12345
    yield "other type", [good]
    yield "boolean", True
    yield "two addresses", f"{good},{good}"
    yield "named", f"A Name <{good}>"
    yield "no at sign", "plainly none"
    yield "white space inside", f"{user}@{host} x"
    yield "very long", f"{'x' * 3000}@{host}"
    yield "NUL", f"{user}\u0000@{host}"
    yield "direction mark", f"{user}\u202e@{host}"
    yield "lone surrogate", f"{user}\ud800@{host}"
