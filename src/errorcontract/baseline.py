"""Findings that were accepted before, with the reason and the day until which they are."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from errorcontract.errors import UsageError


def accepted(path: str | None, today: date | None = None) -> dict[str, str]:
    """Finding ids with their reasons, without those that have expired. Raises UsageError for a wrong file.

    The file is JSON: {"accepted": [{"id": "...", "reason": "...", "expires": "2027-01-31"}]}; `expires` is optional.
    """
    if path is None:
        return {}
    entries = _entries(path)
    now = (today or date.today()).isoformat()  # noqa: DTZ011 - a day in the user's own calendar
    return {entry["id"]: entry["reason"] for entry in entries if entry.get("expires", now) >= now}


def _entries(path: str) -> list[dict[str, Any]]:
    try:
        entries = json.loads(Path(path).read_text("utf-8"))["accepted"]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        msg = f"--baseline {path}: no baseline file: {problem}"
        raise UsageError(msg) from None
    if not isinstance(entries, list):
        msg = f"--baseline {path}: no baseline file: accepted is no list"
        raise UsageError(msg)
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict) or not all(
            isinstance(entry.get(key), str) and entry[key] for key in ("id", "reason")
        ):
            msg = f"--baseline {path}: entry {number + 1} needs an id and a reason"
            raise UsageError(msg)
    return entries
