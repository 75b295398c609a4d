"""All files of a report folder that are made from the journal."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from errorcontract.reporting import findings_json, har, sarif, summary_md
from errorcontract.reporting.journal import read_report
from errorcontract.reporting.result import Report, Tool

Writer = Callable[[Path], None]


def write_reports(journal_path: Path, report_dir: Path, language: str = "en") -> Report:
    """Write findings.json, findings.sarif, summary.md and traffic.har; return the report they were made from.

    `language` is that of summary.md. Each file appears whole or not at all. What keeps one from being written is told
    in the report's `problems` and keeps no other from it.
    """
    try:
        report = read_report(journal_path)
    except Exception as error:  # noqa: BLE001 - whatever the journal is, the folder gets its files
        report = Report(tool=Tool(), problems=(f"{journal_path.name} could not be read: {_told(error)}",))
    writers: dict[str, Writer] = {
        "findings.json": _text(findings_json.render, report),
        "findings.sarif": _text(sarif.render, report),
        "summary.md": _text(lambda told: summary_md.render(told, language), report),
        "traffic.har": lambda path: har.write(journal_path, path),
    }
    failed = [problem for name, write in writers.items() if (problem := write_whole(report_dir / name, write))]
    return replace(report, problems=(*report.problems, *failed))


def write_whole(path: Path, write: Writer) -> str | None:
    """Let `write` fill a file beside `path` and move it there; the problem if it can't."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(draft)
        draft.replace(path)
    except Exception as error:  # noqa: BLE001 - one report that fails must not stop the others
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        return f"{path.name} could not be written: {_told(error)}"
    return None


def _text(render: Callable[[Report], str], report: Report) -> Writer:
    def write(path: Path) -> None:
        path.write_text(render(report), encoding="utf-8", newline="\n")

    return write


def _told(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"{type(error).__name__}: {reason}"
