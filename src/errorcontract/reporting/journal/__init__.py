"""From the journal to the report: line by line, so that a long run needs no more memory than its findings."""

from errorcontract.reporting.journal.gathering import DIED, NOT_BEGUN, SILENT
from errorcontract.reporting.journal.lines import read_lines
from errorcontract.reporting.journal.report import read_report

__all__ = ["DIED", "NOT_BEGUN", "SILENT", "read_lines", "read_report"]
