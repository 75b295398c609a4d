"""What each question cost and how it ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from errorcontract.reporting.html.asked import Asked
from errorcontract.reporting.result import Report, RunResult, Tally

_MOST = 400
_NODE = re.compile(r"^.*?::(?:test_)?(?P<name>[^\[]+)(?:\[(?P<given>.*)\])?$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question. `share` is that of the run's requests, in percent."""

    name: str
    operation: str
    requests: int = 0
    seconds: float = 0.0
    share: float = 0.0
    unsent: int = 0
    outcome: str = ""
    log: str = ""


def rows_of(run: RunResult, asked: Iterable[Asked]) -> tuple[Row, ...]:
    """The questions of a run, the dearest first. Where pytest did not tell how one ended, its findings do."""
    ends = {one.id: one for one in asked}
    failed = {one.question for one in run.open_findings if one.severity in run.failing}
    all_requests = sum(tally.requests for tally in run.tallies) or 1
    known = (ends.get(one.question) or Asked(id="", outcome=_end(one.question in failed)) for one in run.tallies)
    rows = (
        _row(tally, end, all_requests, told=tally.question in failed)
        for tally, end in zip(run.tallies, known, strict=True)
    )
    return tuple(sorted(rows, key=lambda one: (-one.requests, one.name, one.operation)))


def others_of(report: Report, asked: Sequence[Asked]) -> tuple[Row, ...]:
    """What pytest asked beside the questions of the runs, as far as it did not pass."""
    mine = {tally.question for run in report.runs for tally in run.tallies}
    return tuple(_unknown(one) for one in asked if one.id not in mine and one.outcome != "passed")[:_MOST]


def _end(failed: bool) -> str:  # noqa: FBT001 - one of two words
    return "failed" if failed else "passed"


def _row(tally: Tally, end: Asked, all_requests: int, *, told: bool) -> Row:
    """The row of a question; what pytest told of it stands there unless findings tell it."""
    return Row(
        name=_name(tally.question),
        operation=tally.operation or "-",
        requests=tally.requests,
        seconds=tally.seconds,
        share=100 * tally.requests / all_requests,
        unsent=sum(tally.unsent.values()),
        outcome=end.outcome,
        log="" if told else end.log,
    )


def _unknown(one: Asked) -> Row:
    found = _NODE.match(one.id)
    return Row(name=_name(one.id), operation=found["given"] or "-" if found else "-", outcome=one.outcome, log=one.log)


def _name(node: str) -> str:
    """`suites/test_amount.py::test_amounts_are_refused[x]` as `amounts are refused`."""
    found = _NODE.match(node)
    return found["name"].replace("_", " ") if found else node
