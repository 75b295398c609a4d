"""What the templates show, worked out beforehand: they only lay it out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from errorcontract.model import Severity
from errorcontract.reporting.coverage import Coverage, coverage_of
from errorcontract.reporting.html.matrix import Matrix, matrix_of
from errorcontract.reporting.result import Counts, Evidence, Report, ReportedFinding, RunResult, Tally, Verdict
from errorcontract.reporting.text import plural

STEPS = 8
RULES = 6
SIGNS = {Verdict.KEPT: "✓", Verdict.BROKEN: "✕", Verdict.INCOMPLETE: "…"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A finding as shown. `story`: the exchanges that led to the evidence; `hidden`: how many of them are not shown."""

    finding: ReportedFinding
    story: tuple[Evidence, ...]
    hidden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one rule and severity."""

    rule: str
    title: str
    severity: Severity
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a bar chart; `share` is of the longest, 0 to 100."""

    label: str
    count: int
    share: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One run as shown."""

    run: RunResult
    number: int
    sign: str
    errors: int
    warnings: int
    groups: tuple[Group, ...]
    beyond: int
    coverage: Coverage
    matrix: Matrix
    statuses: tuple[Bar, ...]
    questions: tuple[Tally, ...]
    unsent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The whole lead."""

    report: Report
    verdict: Verdict
    sign: str
    says: str
    title: str
    runs: tuple[RunView, ...]


def page_view(report: Report, full: int) -> PageView:
    """The page of a report, with the evidence of the first `full` findings."""
    views = []
    for number, run in enumerate(report.runs, start=1):
        views.append(_run(run, number, full))
        full = max(full - len(run.open_findings), 0)
    names = ", ".join(run.made.title or run.contract for run in report.runs) or "no run"
    return PageView(
        report=report,
        verdict=report.verdict,
        sign=SIGNS[report.verdict],
        says=_says(report),
        title=f"{report.verdict}: error contract of {names}",
        runs=tuple(views),
    )


def _says(report: Report) -> str:
    """The verdict in a sentence."""
    if report.verdict is Verdict.KEPT:
        return "Every promise that was judged was kept."
    if report.verdict is Verdict.INCOMPLETE:
        return "No promise was found broken, but the run does not tell all."
    failing = [one for run in report.runs for one in run.open_findings if one.severity in run.failing]
    rules = sorted({one.rule for one in failing})
    named = ", ".join(rules[:RULES]) + (f" and {len(rules) - RULES} more" if len(rules) > RULES else "")
    return f"Broken in {plural(len(failing), 'place')}, under {plural(len(rules), 'rule')}: {named}."


def _run(run: RunResult, number: int, full: int) -> RunView:
    found = coverage_of(run)
    return RunView(
        run=run,
        number=number,
        sign=SIGNS[run.verdict],
        errors=run.count(Severity.ERROR),
        warnings=run.count(Severity.WARNING),
        groups=_groups(run, full),
        beyond=max(len(run.open_findings) - full, 0),
        coverage=found,
        matrix=matrix_of(run, found),
        statuses=_bars(run.by_status),
        questions=tuple(sorted(run.tallies, key=lambda one: (-one.requests, one.question))),
        unsent=sum(sum(tally.unsent.values()) for tally in run.tallies),
    )


def _groups(run: RunResult, full: int) -> tuple[Group, ...]:
    titles = {rule.id: rule.title for rule in run.rules}
    together = groupby(run.open_findings[:full], key=lambda one: (one.severity, one.rule))
    return tuple(
        Group(rule=rule, title=titles.get(rule, ""), severity=severity, cards=tuple(map(_card, found)))
        for (severity, rule), found in together
    )


def _card(finding: ReportedFinding) -> Card:
    before = tuple(one for one in finding.story if one != finding.exchange)
    return Card(finding=finding, story=before[-STEPS:], hidden=max(len(before) - STEPS, 0))


def _bars(counts: Counts) -> tuple[Bar, ...]:
    longest = max(counts.values(), default=0) or 1
    return tuple(
        Bar(label=label, count=count, share=round(100 * count / longest, 1), kind=_kind(label))
        for label, count in counts.items()
    )


def _kind(status: str) -> str:
    """The class of a status: `2xx`, or `none` where there was no answer."""
    return f"{status[0]}xx" if status[:1].isdigit() else "none"
