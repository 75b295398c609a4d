"""One result for each finding, with the place in the contract and the request that shows it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

from errorcontract.reporting.headers import joined
from errorcontract.reporting.result import Evidence, ReportedFinding, RunResult
from errorcontract.reporting.text import clip, one_line, visible

FINGERPRINT = "errorContractFinding/v1"
GITHUBS = "primaryLocationLineHash"
"""By this one GitHub knows a result again. Its own would be that of the line: one for all findings of an operation."""

_LONGEST = 4000
_CUT = "the rest is in findings.json"


def result(one: ReportedFinding, run: RunResult, place: int, *, whole: bool) -> dict[str, Any]:
    """A finding as a result; `place` is that of its rule. Only a `whole` one comes with its exchange."""
    text = f"{one.summary}\nExpected: {one.expected}\nObserved: {one.observed}\nBasis: {one.basis}"
    made: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": place,
        "level": one.severity.value,
        "kind": "fail",
        "message": {"text": clip(visible(text), _LONGEST)},
        "locations": [_location(one, run)],
        "partialFingerprints": {FINGERPRINT: one.id, GITHUBS: f"{_hash(one.id)}:1"},
        "occurrenceCount": one.occurrences,
        "properties": {
            "cause": one.cause,
            "field": one.field,
            "variants": list(one.variants),
            "code": one.code,
            "status": one.status,
            "provenance": one.basis,
            "question": one.question,
        },
    }
    if one.accepted is not None:
        made["suppressions"] = [_suppression(one, one.accepted)]
    if whole:
        made["properties"]["curl"] = clip(one.curl, _LONGEST)
        made |= _traffic(one.exchange)
    return made


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _suppression(one: ReportedFinding, reason: str) -> dict[str, Any]:
    until = one.acceptance.expires if one.acceptance else None
    told = f"{reason} (until {until})" if until else reason
    return {"kind": "external", "status": "accepted", "justification": visible(told)}


def _location(one: ReportedFinding, run: RunResult) -> dict[str, Any]:
    """The contract's document, and the operation in it."""
    document = run.made.document or f"contracts/{run.contract}/openapi.yaml"
    line = next((known.line for known in run.operations if known.id == one.operation and known.line), 1)
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(document.lstrip("/"), errors="replace"), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": max(line, 1)},
        }
    }
    if one.operation:
        name = one_line(one.operation)
        qualified = f"{one_line(run.contract)}/{name}"
        place["logicalLocations"] = [{"name": name, "fullyQualifiedName": qualified, "kind": "function"}]
    return place


def _traffic(exchange: Evidence) -> dict[str, Any]:
    request, response = exchange.request, exchange.response
    sent: dict[str, Any] = {
        "protocol": "HTTP",
        "version": "1.1",
        "method": request.method,
        "target": _target(request.url),
        "headers": joined(request.headers),
    }
    if request.body is not None:
        sent |= _content(request.body, base64=request.base64)
    if response is None:
        return {"webRequest": sent, "webResponse": {"noResponseReceived": True}}
    got = {
        "protocol": "HTTP",
        "version": "1.1",
        "statusCode": response.status,
        "reasonPhrase": response.reason,
        "headers": joined(response.headers),
    }
    return {"webRequest": sent, "webResponse": got | _content(response.body, base64=response.base64)}


def _content(body: str, *, base64: bool) -> dict[str, Any]:
    kept = body[: _LONGEST - _LONGEST % 4]  # Base64 comes in fours
    told: dict[str, Any] = {"body": {"binary": kept} if base64 else {"text": kept}}
    return told | ({"properties": {"cut": _CUT}} if len(kept) < len(body) else {})


def _target(url: str) -> str:
    """The origin form of a URL; the URL itself when it is odd enough not to be one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
