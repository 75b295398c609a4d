"""The changes as data, for programs. Members may be added, never changed."""

from __future__ import annotations

from typing import Any

from errorcontract.drift.change import CodeChange, Drift, FindingChange, RunDrift, Slower
from errorcontract.reporting.json_text import dump
from errorcontract.reporting.result import Timing


def as_json(drift: Drift) -> str:
    """The whole comparison."""
    data = {
        "schema": 1,
        "old": drift.old,
        "new": drift.new,
        "worse": drift.worse,
        "slower": drift.slower,
        "only_old": list(drift.only_old),
        "only_new": list(drift.only_new),
        "runs": [_run(run) for run in drift.runs],
    }
    return dump(data, indent=2) + "\n"


def _run(run: RunDrift) -> dict[str, Any]:
    return {
        "contract": run.contract,
        "differs": list(run.differs),
        "findings": [_finding(one) for one in run.findings],
        "codes": [_code(one) for one in run.codes],
        "slower": [_slower(one) for one in run.slower],
        "untimed": run.untimed,
    }


def _finding(one: FindingChange) -> dict[str, Any]:
    told = one.finding
    return {
        "fate": one.fate.value,
        "worse": one.worse,
        "remark": one.remark,
        "id": told.id,
        "rule": told.rule,
        "severity": told.severity.value,
        "operation": told.operation,
        "cause": told.cause,
        "summary": told.summary,
        "accepted": told.accepted,
    }


def _code(one: CodeChange) -> dict[str, Any]:
    return {
        "code": one.code,
        "move": one.move.value,
        "before": list(one.before),
        "after": list(one.after),
        "worse": one.worse,
        "remark": one.remark,
    }


def _slower(one: Slower) -> dict[str, Any]:
    return {"operation": one.operation, "before": _timing(one.before), "after": _timing(one.after)}


def _timing(one: Timing) -> dict[str, Any]:
    return {"count": one.answers, "median": one.median, "p95": one.p95, "max": one.slowest}
