"""Any JSON as a value of the wanted kind. What is missing or odd becomes its default: a report is owed anyway."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from errorcontract.model import Severity

Line = Mapping[str, Any]


def words(value: Any) -> str:
    """Text of any value, empty for None."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def maybe(value: Any) -> str | None:
    """Text of any value, None for None."""
    return None if value is None else words(value)


def whole(value: Any) -> int:
    """An integer, 0 for what is none."""
    return value if isinstance(value, int) else 0


def seconds(value: Any) -> float:
    """A duration, 0.0 for what is none."""
    return float(value) if isinstance(value, (int, float)) else 0.0


def members(value: Any) -> Line:
    """An object, empty for what is none."""
    return value if isinstance(value, dict) else {}


def entries(value: Any) -> list[Line]:
    """The objects of a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def texts(value: Any) -> tuple[str, ...]:
    """The members of a list as text."""
    return tuple(words(one) for one in value) if isinstance(value, list) else ()


def counts(value: Any) -> dict[str, int]:
    """{name: times}."""
    return {words(name): whole(times) for name, times in members(value).items()}


def severity(value: Any) -> Severity:
    """Of what is unknown, the one that nobody overlooks."""
    return Severity.WARNING if value == "warning" else Severity.ERROR
