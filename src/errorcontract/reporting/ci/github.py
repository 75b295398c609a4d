"""GitHub Actions: annotations, groups of lines, the summary of a job. What it reads on stdout are commands.

It takes every line that begins with `::`, or holds `##[`, for a command; so all that a run prints stands between
`::stop-commands::` with a word that nobody can guess, and that word.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from errorcontract.model import Severity
from errorcontract.reporting.result import Report, ReportedFinding, RunResult
from errorcontract.reporting.text import clip, one_line, plural, visible

MOST_SHOWN = 10
"""Annotations of one level that GitHub shows for a step."""

MOST_BYTES = 1024 * 1024
"""Of the summaries of a step; GitHub drops larger ones."""

_LONGEST = 1000


def stop(token: str) -> str:
    """From here on nothing is a command, until the token."""
    return f"::stop-commands::{token}"


def resume(token: str) -> str:
    """From here on commands are commands again."""
    return f"::{token}::"


def group(title: str) -> str:
    """The lines that follow are folded below this title."""
    return f"::group::{_message(title)}"


END_GROUP = "::endgroup::"


def commands_for(report: Report) -> Iterator[str]:
    """A command for each of the first findings, errors and warnings apart, and one for the verdict."""
    for severity in Severity:
        found = [(run, one) for run in report.runs for one in run.open_findings if one.severity is severity]
        yield from (_annotation(run, one) for run, one in islice(found, MOST_SHOWN))
    for run in report.runs:
        counts = ", ".join(plural(run.count(severity), severity.value) for severity in Severity)
        why = f"; incomplete: {run.why_incomplete}" if run.why_incomplete else ""
        yield _command("notice", f"{run.contract}: {run.verdict}", f"{counts}{why}")


def append_summary(file: Path, page: str) -> str | None:
    """Add the page to the summary of the step; the problem if that can't be done."""
    try:
        written = file.stat().st_size if file.exists() else 0
        if written + len(page.encode("utf-8", "replace")) + 1 > MOST_BYTES:
            return "the summary of the step has no room left for summary.md"
        with file.open("a", encoding="utf-8", errors="replace", newline="\n") as summary:
            summary.write(page + "\n")
    except OSError as problem:
        return f"the summary of the step could not be written: {problem.strerror}"
    return None


def _annotation(run: RunResult, one: ReportedFinding) -> str:
    place = run.made.document
    line = next((known.line for known in run.operations if known.id == one.operation and known.line), None)
    where = {"file": place, "line": str(line or 1)} if place else {}
    text = f"{one.summary}\nexpected: {one.expected}\nobserved: {one.observed}\nbasis: {one.basis}\nid: {one.id}"
    return _command(one.severity.value, f"{one.rule} {one.operation or ''}".strip(), text, where)


def _command(name: str, title: str, text: str, where: dict[str, str] | None = None) -> str:
    named = (where or {}) | {"title": one_line(title, 120)}
    told = ",".join(f"{key}={_property(value)}" for key, value in named.items())
    return f"::{name} {told}::{_message(clip(visible(text), _LONGEST))}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(one_line(text)).replace(":", "%3A").replace(",", "%2C")
