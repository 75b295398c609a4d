"""The document: every run with its provenance, coverage and findings."""

from __future__ import annotations

from importlib import resources
from typing import Any

from errorcontract.reporting.acceptance import needed
from errorcontract.reporting.coverage import coverage_of
from errorcontract.reporting.findings_json.coverage import coverage_data
from errorcontract.reporting.findings_json.finding import finding_data
from errorcontract.reporting.json_text import dump
from errorcontract.reporting.result import Acceptance, Report, RunResult


def render(report: Report) -> str:
    """The document, as text that is valid UTF-8: lone surrogates stand as JSON escapes."""
    data = {
        "schema": 1,
        "tool": {"name": report.tool.name, "version": report.tool.version},
        "verdict": report.verdict.value,
        "problems": list(report.problems),
        "runs": [_run(run) for run in report.runs],
    }
    return dump(data, indent=2) + "\n"


def schema() -> str:
    """The JSON Schema (2020-12) of the document."""
    return resources.files("errorcontract.reporting").joinpath("findings.schema.json").read_text(encoding="utf-8")


def _run(run: RunResult) -> dict[str, Any]:
    made = run.made
    return {
        "contract": run.contract,
        "title": made.title,
        "digest": made.digest,
        "target": made.target,
        "embedded": made.embedded,
        "fault": made.fault,
        "choices": list(made.choices),
        "started": run.started,
        "finished": run.finished,
        "seed": made.seed,
        "complete": run.complete,
        "why_incomplete": run.why_incomplete,
        "verdict": run.verdict.value,
        "fail_on": made.fail_on.value,
        "budget": made.budget,
        "rate": made.rate,
        "command": made.command,
        "python": made.python,
        "platform": made.platform,
        "commit": made.commit,
        "whole": made.whole,
        "versions": dict(made.versions),
        "stats": {"requests": run.requests, "seconds": run.seconds, "by_status": dict(run.by_status)},
        "coverage": coverage_data(coverage_of(run), run),
        "lead": run.lead,
        "notes": list(run.notes),
        "baseline": [_entry(one, run) for one in run.baseline],
        "findings": [finding_data(one) for one in (*run.open_findings, *run.accepted_findings)],
    }


def _entry(one: Acceptance, run: RunResult) -> dict[str, Any]:
    return {
        "id": one.id,
        "reason": one.reason,
        "expires": one.expires,
        "state": one.state,
        "needed": needed(run, one),
    }
