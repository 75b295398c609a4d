"""From the journal of a run to what people and machines read."""

from errorcontract.reporting.coverage import Coverage, coverage_of
from errorcontract.reporting.html import STYLE, lead, polish, whole_page
from errorcontract.reporting.journal import read_report
from errorcontract.reporting.result import Report, ReportedFinding, RunResult, Verdict
from errorcontract.reporting.terminal import summary_lines
from errorcontract.reporting.write_all import write_reports, write_whole

__all__ = [
    "STYLE",
    "Coverage",
    "Report",
    "ReportedFinding",
    "RunResult",
    "Verdict",
    "coverage_of",
    "lead",
    "polish",
    "read_report",
    "summary_lines",
    "whole_page",
    "write_reports",
    "write_whole",
]
