"""`errorcontract report`: all reports again, from a journal."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from errorcontract.cli.parsing import OK, PROBLEMS, command
from errorcontract.errors import UsageError
from errorcontract.reporting import LANGUAGES, Report, summary_lines, test_cases, whole_page, write_reports, write_whole

_MORE = """\
example:
  errorcontract report reports/journal.ndjson --report-dir attic

For a run that was killed, a journal that was kept, or a newer version's reports of an older run: writes findings.json,
findings.sarif, junit.xml, summary.md, traffic.har and report.html. Exit code 1 if the journal is damaged or a file
can't be written; findings alone do not count.
"""


def add(commands: Any) -> None:
    """Describe the command."""
    report = command(commands, "report", "make all reports again from a journal", _MORE)
    report.add_argument("journal", metavar="JOURNAL", type=Path, help="the journal.ndjson of a run")
    report.add_argument("--report-dir", metavar="DIR", type=Path, help="where they go (default: beside the journal)")
    report.add_argument(
        "--report-language",
        choices=LANGUAGES,
        default="en",
        help="the language of report.html and summary.md; findings stay in English (default: %(default)s)",
    )
    report.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    if not given.journal.is_file():
        raise UsageError(f"{given.journal} is no file; give the journal.ndjson of a run")
    folder = given.report_dir or given.journal.parent
    report = write_reports(given.journal, folder, given.report_language)
    failed = write_whole(folder / "report.html", lambda path: _write_page(path, report, given.report_language))
    cases = write_whole(folder / "junit.xml", lambda path: _write_cases(path, report))
    print("\n".join(summary_lines(report, folder)))
    for problem in filter(None, [failed, cases]):
        print(f"problem: {problem}")
    return PROBLEMS if report.problems or failed or cases else OK


def _write_page(path: Path, report: Report, language: str) -> None:
    path.write_text(whole_page(report, language), encoding="utf-8", newline="\n")


def _write_cases(path: Path, report: Report) -> None:
    path.write_text(test_cases(report), encoding="utf-8", newline="\n")
