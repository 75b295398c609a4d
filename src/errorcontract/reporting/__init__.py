"""From the journal of a run to what people and machines read."""

from errorcontract.reporting.coverage import Coverage, coverage_of
from errorcontract.reporting.findings_json import schema as findings_schema
from errorcontract.reporting.html import Asked, asked_of, whole_page
from errorcontract.reporting.journal import read_report
from errorcontract.reporting.junit import render as test_cases
from errorcontract.reporting.language import LANGUAGES
from errorcontract.reporting.result import Report, ReportedFinding, RunResult, Verdict
from errorcontract.reporting.terminal import summary_lines
from errorcontract.reporting.write_all import write_reports, write_whole

__all__ = [
    "LANGUAGES",
    "Asked",
    "Coverage",
    "Report",
    "ReportedFinding",
    "RunResult",
    "Verdict",
    "asked_of",
    "coverage_of",
    "findings_schema",
    "read_report",
    "summary_lines",
    "test_cases",
    "whole_page",
    "write_reports",
    "write_whole",
]
