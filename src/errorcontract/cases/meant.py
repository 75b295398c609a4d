"""Values in paths and queries: there every value is a text, and some texts mean numbers."""

from __future__ import annotations

import re
from typing import Any, Final

from errorcontract.cases.written import Written
from errorcontract.model import Field

UNSENDABLE: Final[Any] = object()
"""What has no form beside a body: a list, an object, null."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,400})", re.ASCII)
_FRACTION = re.compile(r"-?(0|[1-9][0-9]{0,300})\.[0-9]{1,300}", re.ASCII)


def beside_a_body(field: Field, value: Any) -> Any:
    """The value as a text; UNSENDABLE where it has no such form, or where a number is no other value than its text."""
    if isinstance(value, str):
        return UNSENDABLE if _SURROGATE.search(value) else value
    if not _types(field) & {"integer", "number"} or isinstance(value, bool):
        return UNSENDABLE
    if isinstance(value, Written):
        return value.text
    return str(value) if isinstance(value, int | float) else UNSENDABLE


def as_meant(field: Field, value: Any) -> Any:
    """The value as the schema of its field means it: in a path or query, a number where it is written as one."""
    if field.where == "body" or not isinstance(value, str):
        return value
    types = _types(field)
    if _WHOLE.fullmatch(value) and types & {"integer", "number"}:
        return int(value)
    return float(value) if _FRACTION.fullmatch(value) and "number" in types else value


def _types(field: Field) -> set[str]:
    said = field.schema.get("type")
    return {said} if isinstance(said, str) else set(said or ())
