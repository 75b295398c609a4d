"""What changed from one run to the next: findings, codes, and how long answers take."""

from errorcontract.drift.change import CodeChange, Drift, FindingChange, RunDrift, Slower
from errorcontract.drift.compare import Thresholds, compare
from errorcontract.drift.data import as_json
from errorcontract.drift.markdown import as_markdown
from errorcontract.drift.plain import as_text

__all__ = [
    "CodeChange",
    "Drift",
    "FindingChange",
    "RunDrift",
    "Slower",
    "Thresholds",
    "as_json",
    "as_markdown",
    "as_text",
    "compare",
]
