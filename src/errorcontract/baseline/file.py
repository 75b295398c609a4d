"""Reads a baseline file: YAML or JSON, refused with the line and the key of what is wrong in it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from errorcontract.baseline.entry import Entry
from errorcontract.contract.problem import Path as Keys
from errorcontract.contract.problem import Problems, Refused, unknown
from errorcontract.contract.source import Source
from errorcontract.contract.source import read as read_source
from errorcontract.errors import UsageError

LIST = "accepted"
_KEYS = ("id", "reason", "expires", "contract", "operation", "cause", "question", "summary")
_NEEDED = ("id", "reason")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHOWN = 5


def read(path: Path, called: str = "the baseline") -> tuple[Entry, ...]:
    """The entries of a file. Raises UsageError, with what is wrong in it; `called` is what asked for it."""
    problems = Problems()
    try:
        source = read_source(path, str(path))
    except Refused as refusal:
        problems.refuse(str(path), refusal)
        raise _unusable(f"{called} {path}", problems) from None
    entries = tuple(_entries(source, problems))
    if problems.found:
        raise _unusable(f"{called} {path}", problems)
    return entries


def day(text: str) -> date | None:
    """A day such as 2027-01-31, None for a text that is none."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _unusable(named: str, problems: Problems) -> UsageError:
    lines = [str(problem) for problem in problems.found[:_SHOWN]]
    if len(problems.found) > _SHOWN:
        lines.append(f"... and {len(problems.found) - _SHOWN} more")
    return UsageError(f"{named} can't be used:\n  " + "\n  ".join(lines))


def _entries(source: Source, problems: Problems) -> list[Entry]:
    for key in source.value:
        if key != LIST:
            problems.add(source, (key,), unknown("key", key, (LIST,)))
    listed = source.value.get(LIST)
    if listed is None and LIST in source.value:
        return []  # `accepted:` with nothing after it
    if not isinstance(listed, list):
        problems.add(source, (LIST,), "must be a list of entries, each with an id and a reason")
        return []
    found = [entry for number, one in enumerate(listed) if (entry := _entry(source, (LIST, number), one, problems))]
    _only_once(source, listed, problems)
    return found


def _entry(source: Source, place: Keys, one: Any, problems: Problems) -> Entry | None:
    if not isinstance(one, dict):
        problems.add(source, place, "must be an entry with an id and a reason")
        return None
    before = len(problems.found)
    for key in one:
        if key not in _KEYS:
            problems.add(source, (*place, key), unknown("key", key, _KEYS))
        elif not isinstance(one[key], str) and not (one[key] is None and key not in _NEEDED):
            problems.add(source, (*place, key), "must be text")
    for key in _NEEDED:
        if key not in one:
            problems.add(source, place, "is missing", key=(*place, key))
        elif isinstance(one[key], str) and not one[key].strip():
            problems.add(source, (*place, key), "must not be empty")
    expires = one.get("expires")
    if isinstance(expires, str) and day(expires) is None:
        problems.add(source, (*place, "expires"), f"{expires[:40]!r} is no day: write it as 2027-01-31")
    if len(problems.found) > before:
        return None
    told = {key: value for key, value in one.items() if value is not None and key != "expires"}
    return Entry(**told, expires=day(expires) if expires else None)


def _only_once(source: Source, listed: list[Any], problems: Problems) -> None:
    seen: set[str] = set()
    for number, one in enumerate(listed):
        name = one.get("id") if isinstance(one, dict) else None
        if isinstance(name, str) and name in seen:
            problems.add(source, (LIST, number, "id"), f"{name!r} stands twice")
        elif isinstance(name, str):
            seen.add(name)
