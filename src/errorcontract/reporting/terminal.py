"""What a person reads in the terminal when the run is over, without opening a file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from errorcontract.model import Severity
from errorcontract.reporting.coverage import coverage_of
from errorcontract.reporting.result import Report, ReportedFinding, RunResult, Verdict
from errorcontract.reporting.text import clip, one_line, plural, printed

SHOWN = 25
NAMED = 8
_SAYS = {
    Verdict.KEPT: "no promise was found broken",
    Verdict.BROKEN: "promises of the contract are broken",
    Verdict.INCOMPLETE: "the run does not tell enough",
}


def summary_lines(report: Report, report_dir: Path | str, width: int = 120) -> list[str]:
    """Verdict, findings, codes, speed, and where the report is; one block per run, plain text."""
    lines = [line for run in report.runs for line in (*_run(run, width), "")]
    if not report.runs:
        lines = [f"{report.verdict}: no run was recorded", ""]
    lines += [f"problem: {one_line(problem)}" for problem in report.problems]
    lines.append(f"report: {one_line(str(report_dir), 500).rstrip('/')}/report.html")
    return [printed(line) for line in lines]


def _run(run: RunResult, width: int) -> list[str]:
    lines = [f"{run.contract}: {one_line(run.lead, 500)}"] if run.lead else []
    lines += [f"{run.verdict}  {one_line(run.contract)} at {_target(run)}: {_SAYS[run.verdict]}"]
    if run.why_incomplete:
        lines.append(f"  incomplete: {one_line(run.why_incomplete)}")
    return [
        *lines,
        *_findings(run, width),
        f"  {_codes(run)}",
        f"  {_speed(run)}",
        *(f"  note: {one_line(note)}" for note in run.notes),
    ]


def _target(run: RunResult) -> str:
    if not run.made.embedded:
        return one_line(run.made.target)
    return "the embedded reference API" + (f" with the fault {one_line(run.made.fault)}" if run.made.fault else "")


def _findings(run: RunResult, width: int) -> list[str]:
    found = run.open_findings
    accepted = len(run.accepted_findings)
    counts = [plural(run.count(severity), severity.value) for severity in Severity]
    if accepted:
        counts.append(f"{accepted} accepted by the baseline")
    rows = _folded(found) if run.lead else [_row(one) for one in found[:SHOWN]]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = [f"  findings: {', '.join(counts)}"]
    lines += ["    " + clip("  ".join((*map(str.ljust, row[:3], widths), row[3])), width - 4) for row in rows]
    if len(found) > SHOWN and not run.lead:
        lines.append(f"    and {len(found) - SHOWN} more in the report")
    return lines


def _row(one: ReportedFinding) -> tuple[str, str, str, str]:
    times = f" ({one.occurrences:,} times)" if one.occurrences > 1 else ""
    operation = one_line(one.operation or "-", 40)
    return one.severity.value, one_line(one.rule, 40), operation, one_line(one.summary) + times


def _folded(found: Sequence[ReportedFinding]) -> list[tuple[str, str, str, str]]:
    """A row for each rule, where one reason stands behind most findings."""
    together = groupby(found, key=lambda one: (one.severity, one.rule))
    folded = [(severity, rule, list(ones)) for (severity, rule), ones in together]
    return [
        (severity.value, one_line(rule, 40), plural(len(ones), "finding"), f"such as: {one_line(ones[0].summary)}")
        for severity, rule, ones in folded
    ]


def _codes(run: RunResult) -> str:
    found = coverage_of(run)
    provoked = len(found.provokable) - len(found.missing)
    text = f"codes: {provoked} of {len(found.provokable)} provokable codes provoked"
    if not found.missing:
        return text
    names = [one_line(one.info.code, 60) for one in found.missing]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{text}; missing: {', '.join(names[:NAMED])}{more}"


def _speed(run: RunResult) -> str:
    rate = f", {run.requests / run.seconds:,.0f} requests per second" if run.seconds else ""
    return f"{plural(run.requests, 'request')} in {run.seconds:,.1f} s{rate}"
