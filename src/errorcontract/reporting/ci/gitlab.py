"""GitLab CI: the findings as a Code Quality report, and lines of the log that are folded."""

from __future__ import annotations

import time
from hashlib import sha256
from typing import Any

from errorcontract.model import Severity
from errorcontract.reporting.json_text import dump
from errorcontract.reporting.result import Report, ReportedFinding, RunResult
from errorcontract.reporting.text import one_line

FILE = "gl-code-quality-report.json"
_GRADES = {Severity.ERROR: "major", Severity.WARNING: "minor"}
_SECTION = "errorcontract_failures"
_CLEAR = "\x1b[0K"


def render(report: Report) -> str:
    """The findings that count, each at the operation in the contract's document."""
    return dump([_issue(run, one) for run in report.runs for one in run.open_findings], indent=2) + "\n"


def section_start(title: str) -> str:
    """The lines that follow are folded below this title."""
    return f"{_CLEAR}section_start:{int(time.time())}:{_SECTION}[collapsed=true]\r{_CLEAR}{title}"


def section_end() -> str:
    """Those were the lines."""
    return f"{_CLEAR}section_end:{int(time.time())}:{_SECTION}\r{_CLEAR}"


def _issue(run: RunResult, one: ReportedFinding) -> dict[str, Any]:
    line = next((known.line for known in run.operations if known.id == one.operation and known.line), 1)
    about = f"{run.contract} {one.operation}: " if one.operation else f"{run.contract}: "
    return {
        "description": one_line(f"{about}{one.summary} ({one.basis})", 1000),
        "check_name": one_line(one.rule, 120),
        "fingerprint": sha256(f"{run.contract} {one.id}".encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": _GRADES[one.severity],
        "location": {"path": run.made.document or f"contracts/{run.contract}/openapi.yaml", "lines": {"begin": line}},
    }
