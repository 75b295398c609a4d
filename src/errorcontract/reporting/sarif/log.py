"""The log: one SARIF run for each contract."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from errorcontract.reporting.findings_json import dump
from errorcontract.reporting.result import Report, ReportedFinding, RunResult, Tool, Verdict
from errorcontract.reporting.sarif.results import result
from errorcontract.reporting.sarif.rules import rules_of
from errorcontract.reporting.text import plural, visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 25_000
"""GitHub takes no run with more, and shows the first 5,000."""

_EXIT_CODES = {Verdict.KEPT: 0, Verdict.BROKEN: 1}
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[!-~]+")


def render(report: Report) -> str:
    """The SARIF log. Without a run it has one without results, as a log without runs says nothing."""
    runs = [_run(run, report.tool) for run in report.runs] or [_run(RunResult(contract="none"), report.tool)]
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": runs}, indent=2) + "\n"


def _run(run: RunResult, tool: Tool) -> dict[str, Any]:
    findings = (*run.open_findings, *run.accepted_findings)[:MOST_RESULTS]
    rules = rules_of(run)
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    log: dict[str, Any] = {
        "tool": {"driver": {"name": tool.name, "version": tool.version or "0", "rules": rules}},
        "automationDetails": {"id": f"errorcontract/{run.contract}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(run)],
        "results": [result(one, run, places[one.rule], number) for number, one in enumerate(findings)],
        "properties": {
            "contract": run.contract,
            "digest": run.made.digest,
            "target": run.made.target,
            "verdict": run.verdict.value,
            "seed": run.made.seed,
            "commit": run.made.commit,
            "requests": run.requests,
        },
    }
    return log | _provenance(run)


def _provenance(run: RunResult) -> dict[str, Any]:
    """The commit; SARIF takes it with the address of its repository only."""
    made = run.made
    if not made.commit or not made.repository or not _ADDRESS.fullmatch(made.repository):
        return {}
    return {"versionControlProvenance": [{"repositoryUri": made.repository, "revisionId": made.commit}]}


def _invocation(run: RunResult) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": run.complete}
    if run.complete and run.verdict in _EXIT_CODES:
        invocation["exitCode"] = _EXIT_CODES[run.verdict]
    if run.made.command:
        invocation["commandLine"] = run.made.command
    moments = {"startTimeUtc": run.started, "endTimeUtc": run.finished}
    invocation |= {name: moment for name, moment in moments.items() if moment and _is_moment(moment)}
    notices = [("error", run.why_incomplete), ("warning", run.lead), ("warning", _too_many(run.findings))]
    told = [{"level": level, "message": {"text": visible(text)}} for level, text in notices if text]
    return invocation | ({"toolExecutionNotifications": told} if told else {})


def _too_many(findings: tuple[ReportedFinding, ...]) -> str | None:
    beyond = len(findings) - MOST_RESULTS
    return f"{plural(beyond, 'finding')} more in findings.json" if beyond > 0 else None


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None and "T" in text
    except ValueError:
        return False
