"""How a run went: when, by which command, with which end, and what a reader must know of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from errorcontract.reporting.result import RunResult, Verdict
from errorcontract.reporting.text import visible

Notice = tuple[str, str]
"""A level, and what is told."""

_EXIT_CODES = {Verdict.KEPT: 0, Verdict.BROKEN: 1}


def invocation(run: RunResult, left_out: Iterable[Notice]) -> dict[str, Any]:
    """The invocation of a run; `left_out` is what this file does not have of it."""
    made: dict[str, Any] = {"executionSuccessful": run.complete}
    if run.complete and run.verdict in _EXIT_CODES:
        made["exitCode"] = _EXIT_CODES[run.verdict]
    if run.made.command:
        made["commandLine"] = run.made.command
    moments = {"startTimeUtc": run.started, "endTimeUtc": run.finished}
    made |= {name: moment for name, moment in moments.items() if moment and _is_moment(moment)}
    told = _notices([("error", run.why_incomplete), ("warning", run.lead), *left_out])
    return made | ({"toolExecutionNotifications": told} if told else {})


def _notices(told: Iterable[tuple[str, str | None]]) -> list[dict[str, Any]]:
    return [{"level": level, "message": {"text": visible(text)}} for level, text in told if text]


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None and "T" in text
    except ValueError:
        return False
