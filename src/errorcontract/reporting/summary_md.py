"""summary.md: the result in a page of Markdown, for a release note, a pull request, or the summary of a CI job."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from errorcontract.model import Severity
from errorcontract.reporting.coverage import Coverage, coverage_of
from errorcontract.reporting.language import Language
from errorcontract.reporting.language import language as spoken
from errorcontract.reporting.result import Report, ReportedFinding, RunResult
from errorcontract.reporting.text import clip, one_line

MOST_BYTES = 60_000
"""Fits the comment of a pull request (65,536 characters) and, many times, the summary of a job (1 MiB)."""

SHOWN = (100, 50, 25, 10, 5, 2)
"""Rows of a table: as many as keep the page below that size."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]#!|~$])")
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("@", "&#64;"), ("://", "&#58;//"), ("www.", "www&#46;"))


def render(report: Report, language: str = "en") -> str:
    """The page, with as many findings as it has room for."""
    say = spoken(language)
    pages = ("\n\n".join(filter(None, _page(report, say, shown))) + "\n" for shown in SHOWN)
    smallest = ""
    for page in pages:
        smallest = page
        if len(page.encode("utf-8", "replace")) <= MOST_BYTES:
            return page
    return clip(smallest, MOST_BYTES // 4) + "\n"


def escape(text: str, limit: int = 600) -> str:
    """Text on one line in which nothing is Markdown, HTML, a link or a mention."""
    line = one_line(text, limit)
    for sign, entity in _ENTITIES:
        line = line.replace(sign, entity)
    return _SPECIAL.sub(r"\\\1", line).replace("&\\#", "&#")


def code(text: str) -> str:
    """Text on one line as a code span that it can't leave."""
    line = one_line(text, 200).replace("|", "¦")
    runs = max((len(found) for found in re.findall("`+", line)), default=0)
    fence = "`" * (runs + 1)
    pad = " " if runs else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else "-"


def _page(report: Report, say: Language, shown: int) -> Iterator[str]:
    tool = f"{report.tool.name} {report.tool.version}".strip()
    verdict = say.text(f"verdict.{report.verdict}")
    if say.direction == "rtl":
        yield '<div dir="rtl">'
    yield f"# {say.text('summary.title', verdict=verdict)}"
    yield say.text("summary.made", tool=escape(tool), page="`report.html`")
    yield from (f"> **{say.text('page.problem')}** {escape(problem)}" for problem in report.problems[:shown])
    if not report.runs:
        yield say.text("summary.no_run")
    for run in report.runs:
        yield from _run(run, say, shown)
    if say.direction == "rtl":
        yield "</div>"


def _run(run: RunResult, say: Language, shown: int) -> Iterator[str]:
    found = coverage_of(run)
    yield f"## {escape(run.made.title or run.contract)}: {say.text(f'verdict.{run.verdict}')}"
    yield f"**{escape(run.lead[:1].upper() + run.lead[1:])}**" if run.lead else ""
    yield f"**{say.text('summary.incomplete')}** {escape(run.why_incomplete)}" if run.why_incomplete else ""
    yield _facts(run, found, say)
    yield from _findings(run, say, shown)
    yield from _codes(found, say, shown)
    yield "\n".join(f"- {escape(note)}" for note in run.notes[:shown])


def _facts(run: RunResult, found: Coverage, say: Language) -> str:
    made = run.made
    target = say.text("summary.embedded") if made.embedded else code(made.target)
    if made.fault:
        target = say.text("summary.fault", target=target, fault=code(made.fault))
    counts = [say.count(severity.value, run.count(severity)) for severity in Severity]
    if run.accepted_findings:
        counts.append(say.text("summary.accepted", n=say.number(len(run.accepted_findings))))
    provoked = len(found.provokable) - len(found.missing)
    started = escape(run.started or say.text("summary.unknown_start"))
    finished = escape(run.finished or say.text("summary.no_end"))
    rows = {
        "contract": f"{code(run.contract)} {code(made.digest[:12]) if made.digest else ''}".strip(),
        "target": target,
        "findings": say.text("list.comma").join(counts),
        "codes": say.text("summary.provoked", n=provoked, all=say.count("code", len(found.provokable))),
        "requests": say.text("summary.sent", n=say.number(run.requests), seconds=say.decimal(run.seconds)),
        "run": say.text("summary.span", started=started, finished=finished, seed=made.seed),
    }
    lines = (f"| {say.text(f'summary.{key}')} | {row} |" for key, row in rows.items())
    return "\n".join(["| | |", "|---|---|", *lines])


def _findings(run: RunResult, say: Language, shown: int) -> Iterator[str]:
    if run.lead and run.open_findings:
        yield f"### {say.text('summary.by_rule')}"
        yield _table(say, ("severity", "rule", "findings", "such_as"), _folded(run.open_findings, say, shown))
    elif run.open_findings:
        yield f"### {say.text('summary.findings')}"
        rows = (_row(one, say) for one in run.open_findings[:shown])
        yield _table(say, ("severity", "rule", "operation", "what", "times", "basis"), rows)
        yield _more(len(run.open_findings) - shown, say)
    if run.accepted_findings:
        yield f"### {say.text('summary.by_baseline')}"
        rows = (_accepted(one, say) for one in run.accepted_findings[:shown])
        yield _table(say, ("rule", "operation", "what", "why"), rows)
        yield _more(len(run.accepted_findings) - shown, say)


def _table(say: Language, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    head = " | ".join(say.text(f"summary.{column}") for column in columns)
    ruler = "|".join("---" for _ in columns)
    return "\n".join([f"| {head} |", f"|{ruler}|", *(f"| {' | '.join(row)} |" for row in rows)])


def _row(one: ReportedFinding, say: Language) -> tuple[str, ...]:
    severity, times = say.text(f"severity.{one.severity}"), say.number(one.occurrences)
    return severity, code(one.rule), code(one.operation or ""), escape(one.summary), times, escape(one.basis)


def _accepted(one: ReportedFinding, say: Language) -> tuple[str, ...]:
    until = one.acceptance.expires if one.acceptance else None
    why = escape(one.accepted or "") + (f" ({escape(say.text('summary.until', day=until))})" if until else "")
    return code(one.rule), code(one.operation or ""), escape(one.summary), why


def _folded(findings: tuple[ReportedFinding, ...], say: Language, shown: int) -> Iterator[tuple[str, ...]]:
    """A row for each rule, where one reason stands behind most findings."""
    together = groupby(findings, key=lambda one: (one.severity, one.rule))
    folded = [(key, list(group)) for key, group in together]
    for (severity, rule), ones in folded[:shown]:
        yield say.text(f"severity.{severity}"), code(rule), say.number(len(ones)), escape(ones[0].summary)


def _codes(found: Coverage, say: Language, shown: int) -> Iterator[str]:
    if found.missing:
        yield f"### {say.text('summary.missing')}"
        yield "\n".join(f"- {code(one.info.code)}: {escape(one.why_not or '')}" for one in found.missing[:shown])
        yield _more(len(found.missing) - shown, say)


def _more(beyond: int, say: Language) -> str:
    return say.text("summary.more", n=say.number(beyond), file="`findings.json`") if beyond > 0 else ""
