"""Values that a contract writes in short: times relative to now, and lists of many like items."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

_MOMENT = re.compile(r"\{now(?:([+-])(\d{1,6})([smhd]))?\}")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_REPEAT = "$repeat"


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
            return [_numbered(expanded(value["item"]), index) for index in range(value[_REPEAT])]
        return {key: expanded(member) for key, member in value.items()}
    return [expanded(item) for item in value] if isinstance(value, list) else value


def _numbered(value: Any, index: int) -> Any:
    if isinstance(value, str):
        return value.replace("{index}", str(index))
    if isinstance(value, dict):
        return {key: _numbered(member, index) for key, member in value.items()}
    return [_numbered(item, index) for item in value] if isinstance(value, list) else value
