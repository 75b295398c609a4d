"""What a run reached, as plain data."""

from __future__ import annotations

from typing import Any

from errorcontract.reporting.coverage import CodeCoverage, Coverage, OperationCoverage
from errorcontract.reporting.result import RunResult, Tally, Timing


def coverage_data(found: Coverage, run: RunResult) -> dict[str, Any]:
    """Codes, operations, rules and questions."""
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
