"""A finding with its exchange, as plain data."""

from __future__ import annotations

from typing import Any

from errorcontract.reporting.acceptance import EXPIRED
from errorcontract.reporting.headers import joined
from errorcontract.reporting.result import Evidence, Received, ReportedFinding, Sent


def finding_data(one: ReportedFinding) -> dict[str, Any]:
    """All that is told of it."""
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
    return {
        "request": {"method": request.method, "url": request.url, **_message(request)},
        "response": None if response is None else {"status": response.status, **_message(response)},
        "failure": one.failure,
        "seconds": one.seconds,
        "number": one.number,
    }


def _message(one: Sent | Received) -> dict[str, Any]:
    return {"headers": joined(one.headers), "body": one.body, "base64": one.base64, "cut": one.cut}
