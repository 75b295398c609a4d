"""One run as the templates show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from errorcontract.model import Severity
from errorcontract.reporting.coverage import CodeCoverage, Coverage, OperationCoverage, coverage_of
from errorcontract.reporting.html.asked import Asked
from errorcontract.reporting.html.chart import Chart, chart_of
from errorcontract.reporting.html.grouping import Group, groups_of
from errorcontract.reporting.html.matrix import Matrix, matrix_of
from errorcontract.reporting.html.questions import Row, rows_of
from errorcontract.reporting.language import Language
from errorcontract.reporting.result import Counts, RunResult, Timing, Verdict

CODES = 400
OPERATIONS = 200
SIGNS = {Verdict.KEPT: "✓", Verdict.BROKEN: "✕", Verdict.INCOMPLETE: "…"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One run as shown. `suffix` tells its anchors from those of the other runs; `contents`: (anchor, name, count)."""

    run: RunResult
    name: str
    number: int
    suffix: str
    sign: str
    why: str | None
    errors: int
    warnings: int
    groups: tuple[Group, ...]
    told: str
    coverage: Coverage
    codes: tuple[CodeCoverage, ...]
    unlisted: tuple[tuple[str, Counts], ...]
    matrix: Matrix
    chart: Chart
    questions: tuple[Row, ...]
    timings: tuple[tuple[Timing, OperationCoverage | None], ...]
    unsent: int
    contents: tuple[tuple[str, str, str], ...]


def run_view(
    run: RunResult, number: int, words: Language, ends: Mapping[str, Asked], listed: int, told_of: str
) -> RunView:
    """A run with its number on the page; `ends`: how its questions ended, as pytest told."""
    found = coverage_of(run)
    suffix = "" if number == 1 else f"-{number}"
    reached = {one.operation: one for one in found.operations}
    groups = groups_of(run, words, suffix, listed)
    matrix = matrix_of(run, found)
    return RunView(
        run=run,
        name=run.made.title or run.contract,
        number=number,
        suffix=suffix,
        sign=SIGNS[run.verdict],
        why=_why(run, words),
        errors=run.count(Severity.ERROR),
        warnings=run.count(Severity.WARNING),
        groups=groups,
        told=told_of,
        coverage=found,
        codes=found.codes[:CODES],
        unlisted=tuple(found.unlisted.items())[: max(CODES - len(found.codes), CODES // 4)],
        matrix=matrix,
        chart=chart_of(run.by_status, words),
        questions=rows_of(run, ends.values()),
        timings=tuple((one, reached.get(one.operation)) for one in run.timings[:OPERATIONS]),
        unsent=sum(sum(tally.unsent.values()) for tally in run.tallies),
        contents=_contents(run, groups, matrix, suffix, words),
    )


def _contents(
    run: RunResult, groups: tuple[Group, ...], matrix: Matrix, suffix: str, words: Language
) -> tuple[tuple[str, str, str], ...]:
    """The parts that there are, in their order."""
    parts = (
        (True, "provenance", "provenance.heading", ""),
        (True, "findings", "finding.heading", words.number(len(run.open_findings)) if groups else ""),
        (bool(matrix.groups and matrix.operations), "promises", "matrix.heading", ""),
        (bool(run.codes), "codes", "code.heading", ""),
        (bool(run.by_status or run.tallies), "traffic", "traffic.heading", ""),
        (bool(run.timings or run.slowest), "timings", "timing.heading", ""),
        (bool(run.accepted_findings), "accepted", "accepted.heading", words.number(len(run.accepted_findings))),
    )
    return tuple((anchor + suffix, words.text(key), count) for there, anchor, key, count in parts if there)


def _why(run: RunResult, words: Language) -> str | None:
    """Why the run does not tell all: what the tool says itself in the language of the page."""
    why = run.why_incomplete
    return why and (words.name("sentence", why) or why)
