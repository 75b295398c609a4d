"""findings.json: findings and coverage as plain data. The shape is fixed: members may be added, never changed."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import Any

from errorcontract.reporting.acceptance import EXPIRED, needed
from errorcontract.reporting.coverage import CodeCoverage, Coverage, OperationCoverage, coverage_of
from errorcontract.reporting.result import (
    Acceptance,
    Evidence,
    Pairs,
    Report,
    ReportedFinding,
    RunResult,
    Tally,
    Timing,
)

_SURROGATE = re.compile("[\ud800-\udfff]")


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


def dump(data: Any, indent: int | None = None) -> str:
    """JSON that keeps every script readable and can always be encoded as UTF-8."""
    return _SURROGATE.sub(lambda one: f"\\u{ord(one.group()):04x}", json.dumps(data, ensure_ascii=False, indent=indent))


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
        "coverage": _coverage(coverage_of(run), run),
        "lead": run.lead,
        "notes": list(run.notes),
        "baseline": [_entry(one, run) for one in run.baseline],
        "findings": [_finding(one) for one in (*run.open_findings, *run.accepted_findings)],
    }


def _coverage(found: Coverage, run: RunResult) -> dict[str, Any]:
    return {
        "codes": [_code(one) for one in found.codes],
        "unlisted_codes": {code: dict(seen) for code, seen in found.unlisted.items()},
        "operations": [_operation(one) for one in found.operations],
        "rules": [
            {"rule": one.rule, "judged": one.judged, "broken": one.broken, "left_out": one.left_out}
            for one in found.rules
        ],
        "questions": [_question(one) for one in run.tallies],
    }


def _code(one: CodeCoverage) -> dict[str, Any]:
    return {
        "code": one.info.code,
        "status": one.status,
        "provokable": one.info.provokable,
        "provoked": one.provoked,
        "why_not": one.why_not,
        "retry": one.info.retry,
        "provenance": one.info.provenance,
        "seen": dict(one.seen),
        "right": one.right,
        "wrong": one.wrong,
        "answered_as": list(one.answered_as),
        "asked": one.asked,
    }


def _operation(one: OperationCoverage) -> dict[str, Any]:
    return {
        "operation": one.operation,
        "requests": one.requests,
        "accepted": one.accepted,
        "rejected": one.rejected,
        "timings": _timing(one.timing),
    }


def _timing(one: Timing | None) -> dict[str, Any]:
    if one is None:
        return {"count": 0, "median": None, "p95": None, "max": None}
    return {"count": one.answers, "median": one.median, "p95": one.p95, "max": one.slowest}


def _question(one: Tally) -> dict[str, Any]:
    return {
        "question": one.question,
        "family": one.family,
        "operation": one.operation,
        "requests": one.requests,
        "seconds": one.seconds,
        "unsent": sum(one.unsent.values()),
        "rules": {rule: list(counts) for rule, counts in one.rules.items()},
        "causes": {cause: sent for cause, (sent, _) in one.causes.items()},
        "unsent_causes": _unsent(one),
        "codes": {code: dict(seen) for code, seen in one.codes.items()},
    }


def _unsent(one: Tally) -> dict[str, int]:
    counts: dict[str, int] = {}
    for (cause, _), times in one.unsent.items():
        counts[cause] = counts.get(cause, 0) + times
    return counts


def _entry(one: Acceptance, run: RunResult) -> dict[str, Any]:
    return {
        "id": one.id,
        "reason": one.reason,
        "expires": one.expires,
        "state": one.state,
        "needed": needed(run, one),
    }


def _finding(one: ReportedFinding) -> dict[str, Any]:
    return {
        "id": one.id,
        "rule": one.rule,
        "severity": one.severity.value,
        "operation": one.operation,
        "cause": one.cause,
        "field": one.field,
        "variants": list(one.variants),
        "code": one.code,
        "status": one.status,
        "summary": one.summary,
        "expected": one.expected,
        "observed": one.observed,
        "provenance": one.basis,
        "occurrences": one.occurrences,
        "accepted": one.accepted,
        "accepted_until": one.acceptance.expires if one.acceptance else None,
        "acceptance_expired": bool(one.acceptance and one.acceptance.state == EXPIRED),
        "question": one.question,
        "curl": one.curl,
        "exchange": _exchange(one.exchange),
    }


def _exchange(one: Evidence) -> dict[str, Any]:
    request, response = one.request, one.response
    answer = (
        None
        if response is None
        else {
            "status": response.status,
            "headers": joined(response.headers),
            "body": response.body,
            "base64": response.base64,
            "cut": response.cut,
        }
    )
    return {
        "request": {
            "method": request.method,
            "url": request.url,
            "headers": joined(request.headers),
            "body": request.body,
            "base64": request.base64,
            "cut": request.cut,
        },
        "response": answer,
        "failure": one.failure,
        "seconds": one.seconds,
        "number": one.number,
    }


def joined(headers: Pairs) -> dict[str, str]:
    """Headers as an object; several values of one name, whatever its case, joined by a comma."""
    names: dict[str, str] = {}
    values: dict[str, str] = {}
    for name, value in headers:
        first = names.setdefault(name.lower(), name)
        values[first] = f"{values[first]}, {value}" if first in values else value
    return values
