"""Values that a contract writes in short: times relative to now, and lists of many like items."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

_MOMENT = re.compile(r"\{now(?:([+-])(\d{1,6})([smhd]))?\}")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_REPEAT, _INDEX = "$repeat", "{index}"


def with_moments(text: str, now: datetime | None = None) -> str:
    """The text with `{now}`, `{now+7d}`, `{now-30s}` as RFC 3339 times in UTC with milliseconds."""
    if "{now" not in text:
        return text
    start = now or _clock()
    return _MOMENT.sub(lambda found: _told(start + _away(found)), text)


def _clock() -> datetime:
    return datetime.now(UTC)


def _away(found: re.Match[str]) -> timedelta:
    if not found[1]:
        return timedelta()
    return timedelta(**{_UNITS[found[3]]: int(f"{found[1]}{found[2]}")})


def _told(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def expanded(value: Any) -> Any:
    """The value with each `{"$repeat": N, "item": ...}` as a list of N items, `{index}` in each its number."""
    if isinstance(value, dict):
        if value.keys() == {_REPEAT, "item"}:
            item = expanded(value["item"])
            make = _numbering(item)
            return [make(index) if make else item for index in range(value[_REPEAT])]
        return {key: expanded(member) for key, member in value.items()}
    return [expanded(item) for item in value] if isinstance(value, list) else value


def _numbering(value: Any) -> Callable[[int], Any] | None:
    """What makes a value with a number in it; None where it has no place for one, and so is the same for each."""
    if isinstance(value, str):
        return (lambda index: value.replace(_INDEX, str(index))) if _INDEX in value else None
    if isinstance(value, dict):
        members = {key: make for key, member in value.items() if (make := _numbering(member))}
        return (lambda index: value | {key: make(index) for key, make in members.items()}) if members else None
    if isinstance(value, list):
        makes = [(item, _numbering(item)) for item in value]
        told = any(make for _, make in makes)
        return (lambda index: [make(index) if make else item for item, make in makes]) if told else None
    return None
