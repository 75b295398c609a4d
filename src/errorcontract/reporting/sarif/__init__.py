"""findings.sarif: the findings for code-scanning dashboards (SARIF 2.1.0, OASIS standard), within GitHub's limits."""

from errorcontract.reporting.sarif.log import render

__all__ = ["render"]
