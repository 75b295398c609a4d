"""What the templates show, worked out beforehand: they only lay it out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from errorcontract.reporting.html.asked import Asked
from errorcontract.reporting.html.questions import Row, others_of
from errorcontract.reporting.html.rules_told import told
from errorcontract.reporting.html.run_view import SIGNS, RunView, run_view
from errorcontract.reporting.language import Language
from errorcontract.reporting.result import Report, RunResult, Verdict
from errorcontract.reporting.text import one_line

RULES = 6
_HELPER = "pytest-html"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The whole page. `rules`: (id, title, page); `others`: questions that belong to no run."""

    report: Report
    verdict: Verdict
    sign: str
    says: str
    title: str
    runs: tuple[RunView, ...]
    rules: tuple[tuple[str, str, Markup], ...]
    others: tuple[Row, ...]
    helper: str


Told = Callable[[RunResult], str]
"""What is to be said of the findings that are not shown whole."""


def page_view(report: Report, words: Language, asked: Sequence[Asked], listed: int, told_of: Told) -> PageView:
    """The page of a report in a language, with at most so many findings of each run."""
    names = ", ".join(run.made.title or run.contract for run in report.runs) or words.text("page.no_run")
    verdict = words.text(f"verdict.{report.verdict}")
    ends = {one.id: one for one in asked}
    return PageView(
        report=report,
        verdict=report.verdict,
        sign=SIGNS[report.verdict],
        says=_says(report, words),
        title=words.text("page.title", verdict=verdict, names=names),
        runs=tuple(
            run_view(run, number, words, ends, listed, told_of(run)) for number, run in enumerate(report.runs, start=1)
        ),
        rules=tuple(_rules(report, words)),
        others=others_of(report, asked),
        helper=_helper(report),
    )


def _helper(report: Report) -> str:
    """pytest-html, in the version that the runs name."""
    versions = (run.made.versions.get(_HELPER, "") for run in report.runs)
    return f"{_HELPER} {next(versions, '')}".strip()


def _says(report: Report, words: Language) -> str:
    """The verdict in a sentence."""
    if report.verdict is Verdict.KEPT:
        return words.text("page.kept")
    if report.verdict is Verdict.INCOMPLETE:
        return words.text("page.incomplete")
    failing = [one for run in report.runs for one in run.open_findings if one.severity in run.failing]
    times: Counter[str] = Counter()
    for one in failing:
        times[one.rule] += one.occurrences
    rules = [rule for rule, _ in times.most_common()]
    named = ", ".join(one_line(rule, 60) for rule in rules[:RULES])
    more = words.text("page.and_more", n=words.number(len(rules) - RULES)) if len(rules) > RULES else ""
    return words.text(
        "page.broken",
        places=words.count("place", len(failing)),
        rules=words.count("rule", len(rules)),
        named=f"{named} {more}".strip(),
    )


def _rules(report: Report, words: Language) -> Iterable[tuple[str, str, Markup]]:
    titles = {rule.id: rule.title for run in report.runs for rule in run.rules}
    for rule in sorted({one.rule for run in report.runs for one in run.findings}):
        page = told(rule)
        if page is not None:
            yield rule, words.name("rule", rule) or titles.get(rule, ""), page
