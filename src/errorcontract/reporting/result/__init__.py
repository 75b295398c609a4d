"""What a run led to, as values that every report format is made from."""

from errorcontract.reporting.result.catalogue import CauseInfo, CodeInfo, OperationInfo, RuleInfo
from errorcontract.reporting.result.counted import Counts, Slow, Tally, Timing
from errorcontract.reporting.result.evidence import Evidence, Pairs, Received, Sent
from errorcontract.reporting.result.finding import Acceptance, ReportedFinding
from errorcontract.reporting.result.provenance import Provenance
from errorcontract.reporting.result.report import Report, Tool
from errorcontract.reporting.result.run import RunResult, Verdict

__all__ = [
    "Acceptance",
    "CauseInfo",
    "CodeInfo",
    "Counts",
    "Evidence",
    "OperationInfo",
    "Pairs",
    "Provenance",
    "Received",
    "Report",
    "ReportedFinding",
    "RuleInfo",
    "RunResult",
    "Sent",
    "Slow",
    "Tally",
    "Timing",
    "Tool",
    "Verdict",
]
