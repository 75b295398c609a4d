"""summary.md: the result in a page of Markdown, for a release note or a pull request."""

from __future__ import annotations

import re
from itertools import groupby

from errorcontract.model import Severity
from errorcontract.reporting.coverage import Coverage, coverage_of
from errorcontract.reporting.result import Report, ReportedFinding, RunResult
from errorcontract.reporting.text import one_line, plural

SHOWN = 100
_SPECIAL = re.compile(r"([\\`*_{}\[\]#!|~$])")
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("@", "&#64;"), ("://", "&#58;//"), ("www.", "www&#46;"))


def render(report: Report) -> str:
    """The page: the verdict, then each run."""
    tool = f"{report.tool.name} {report.tool.version}".strip()
    parts = [f"# Error contract: {report.verdict}", f"Made by {escape(tool)}. The evidence is in `report.html`."]
    parts += [f"> **Problem:** {escape(problem)}" for problem in report.problems]
    if not report.runs:
        parts.append("No run was recorded.")
    parts += [part for run in report.runs for part in _run(run)]
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """Text on one line in which nothing is Markdown, HTML, a link or a mention."""
    line = one_line(text, 600)
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


def _run(run: RunResult) -> list[str]:
    found = coverage_of(run)
    return [
        f"## {escape(run.made.title or run.contract)}: {run.verdict}",
        f"**{escape(run.lead[:1].upper() + run.lead[1:])}**" if run.lead else "",
        f"**Incomplete:** {escape(run.why_incomplete)}" if run.why_incomplete else "",
        _facts(run, found),
        *_findings(run),
        *_codes(found),
        _notes(run),
    ]


def _facts(run: RunResult, found: Coverage) -> str:
    made = run.made
    target = "the embedded reference API" if made.embedded else code(made.target)
    target += f" with the fault {code(made.fault)}" if made.fault else ""
    counts = ", ".join(plural(run.count(severity), severity.value) for severity in Severity)
    provoked = len(found.provokable) - len(found.missing)
    rows = [
        ("Contract", f"{code(run.contract)} {code(made.digest[:12]) if made.digest else ''}".strip()),
        ("Target", target),
        ("Findings", counts + (f", {len(run.accepted_findings)} accepted" if run.accepted_findings else "")),
        ("Codes", f"{provoked} of {len(found.provokable)} provokable codes provoked"),
        ("Requests", f"{run.requests:,} in {run.seconds:,.1f} s"),
        ("Run", f"{escape(run.started or 'unknown start')} to {escape(run.finished or 'no end')}, seed {made.seed}"),
    ]
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _findings(run: RunResult) -> list[str]:
    parts = []
    if run.lead and run.open_findings:
        parts += ["### Findings by rule", _folded(run.open_findings)]
    elif run.open_findings:
        parts += ["### Findings", _table(run.open_findings[:SHOWN])]
    if len(run.open_findings) > SHOWN and not run.lead:
        parts.append(f"and {len(run.open_findings) - SHOWN} more in `findings.json`.")
    if run.accepted_findings:
        rows = (
            f"| {code(one.rule)} | {code(one.operation or '')} | {escape(one.summary)} | {escape(one.accepted or '')} |"
            for one in run.accepted_findings[:SHOWN]
        )
        head = ["| Rule | Operation | What | Why it is accepted |", "|---|---|---|---|"]
        parts += ["### Accepted by the baseline", "\n".join([*head, *rows])]
    return parts


def _table(findings: tuple[ReportedFinding, ...]) -> str:
    rows = (
        f"| {one.severity} | {code(one.rule)} | {code(one.operation or '')} | {escape(one.summary)} "
        f"| {one.occurrences:,} | {escape(one.basis)} |"
        for one in findings
    )
    head = ["| Severity | Rule | Operation | What | Times | Basis |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *rows])


def _folded(findings: tuple[ReportedFinding, ...]) -> str:
    """A row for each rule, where one reason stands behind most findings."""
    together = groupby(findings, key=lambda one: (one.severity, one.rule))
    folded = [(severity, rule, list(ones)) for (severity, rule), ones in together]
    rows = (
        f"| {severity} | {code(rule)} | {len(ones):,} | {escape(ones[0].summary)} |" for severity, rule, ones in folded
    )
    return "\n".join(["| Severity | Rule | Findings | Such as |", "|---|---|---|---|", *rows])


def _codes(found: Coverage) -> list[str]:
    if not found.missing:
        return []
    rows = (f"- {code(one.info.code)}: {escape(one.why_not or '')}" for one in found.missing)
    return ["### Codes that were not provoked", "\n".join(rows)]


def _notes(run: RunResult) -> str:
    return "\n".join(f"- {escape(note)}" for note in run.notes)
