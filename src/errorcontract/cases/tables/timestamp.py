"""Times: days that there are not, other forms, other types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.model import Field

_NEVER = ("2024-02-30T10:00:00Z", "2024-13-01T10:00:00Z", "2024-01-31T25:00:00Z", "2023-02-29T00:00:00Z")
_OTHER_FORMS = (
    "31/01/2024",
    "2024-01-31",
    "2024-01-31 10:00",
    "Wed, 31 Jan 2024 10:00:00 GMT",
    "tomorrow",
    "20240131T100000Z",
)


def rows(good: str, _field: Field) -> Iterator[tuple[str, Any]]:
    """No time at all first, then times that there never were, then forms of other systems."""
    yield "no time", "no time"
    yield "empty", ""
    yield "null", None
    for moment in _NEVER:
        yield "never", moment
    for text in _OTHER_FORMS:
        yield "other form", text
    yield "number instead of text", 1706695200
    yield "boolean", True
    yield "other type", [good]
    yield "trailing newline", f"{good}\n"
    yield "other digits", str(good).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    yield "NUL", f"{good}\u0000"
    yield "lone surrogate", f"{good}\ud800"
