"""findings.sarif: the findings for code-scanning dashboards (SARIF 2.1.0, OASIS standard)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit

from errorcontract.reporting.findings_json import dump, joined
from errorcontract.reporting.result import Evidence, Report, ReportedFinding, RuleInfo, RunResult, Tool
from errorcontract.reporting.text import one_line, visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "errorContractFinding/v1"


def render(report: Report) -> str:
    """The SARIF log: one run per contract."""
    runs = [_run(run, report.tool) for run in report.runs] or [_run(RunResult(contract="none"), report.tool)]
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": runs}, indent=2) + "\n"


def _run(run: RunResult, tool: Tool) -> dict[str, Any]:
    rules = _rules(run)
    places = {rule.id: place for place, rule in enumerate(rules)}
    return {
        "tool": {"driver": {"name": tool.name, "version": tool.version or "0", "rules": [_rule(one) for one in rules]}},
        "automationDetails": {"id": f"errorcontract/{run.contract}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(run)],
        "results": [_result(one, run, places) for one in (*run.open_findings, *run.accepted_findings)],
        "properties": {
            "contract": run.contract,
            "target": run.made.target,
            "verdict": run.verdict.value,
            "seed": run.made.seed,
            "commit": run.made.commit,
            "requests": run.requests,
        },
    }


def _rules(run: RunResult) -> list[RuleInfo]:
    known = {rule.id: rule for rule in run.rules}
    for finding in run.findings:
        known.setdefault(finding.rule, RuleInfo(id=finding.rule))
    return list(known.values())


def _rule(rule: RuleInfo) -> dict[str, Any]:
    title = rule.title or rule.id
    help_text = f"{title}. {rule.severity_note}".strip()
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": help_text},
        "help": {"text": help_text, "markdown": f"**{title}**\n\n{rule.severity_note}".strip()},
        "properties": {"tags": ["error-contract", rule.group]},
    }


def _invocation(run: RunResult) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": run.complete}
    times = {"startTimeUtc": run.started, "endTimeUtc": run.finished, "commandLine": run.made.command}
    invocation.update({name: value for name, value in times.items() if value})
    if run.why_incomplete:
        notice = {"level": "error", "message": {"text": visible(run.why_incomplete)}}
        invocation["toolExecutionNotifications"] = [notice]
    return invocation


def _result(one: ReportedFinding, run: RunResult, places: dict[str, int]) -> dict[str, Any]:
    text = f"{one.summary}\nExpected: {one.expected}\nObserved: {one.observed}\nBasis: {one.basis}"
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": places[one.rule],
        "level": one.severity.value,
        "kind": "fail",
        "message": {"text": visible(text)},
        "locations": [_location(one, run)],
        "partialFingerprints": {FINGERPRINT: one.id},
        "occurrenceCount": one.occurrences,
        "properties": {
            "cause": one.cause,
            "field": one.field,
            "variants": list(one.variants),
            "code": one.code,
            "status": one.status,
            "provenance": one.basis,
            "curl": one.curl,
            "question": one.question,
        },
    }
    result.update(_traffic(one.exchange))
    if one.accepted is not None:
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": one.accepted}]
    return result


def _location(one: ReportedFinding, run: RunResult) -> dict[str, Any]:
    """The contract's document, and the operation in it."""
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": f"contracts/{quote(run.contract)}/openapi.yaml", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 1},
        }
    }
    if one.operation:
        place["logicalLocations"] = [
            {
                "name": one_line(one.operation),
                "fullyQualifiedName": f"{run.contract}/{one_line(one.operation)}",
                "kind": "function",
            }
        ]
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
        sent["body"] = _content(request.body, base64=request.base64)
    if response is None:
        return {"webRequest": sent, "webResponse": {"noResponseReceived": True}}
    got = {
        "protocol": "HTTP",
        "version": "1.1",
        "statusCode": response.status,
        "reasonPhrase": response.reason,
        "headers": joined(response.headers),
        "body": _content(response.body, base64=response.base64),
    }
    return {"webRequest": sent, "webResponse": got}


def _content(body: str, *, base64: bool) -> dict[str, str]:
    return {"binary": body} if base64 else {"text": body}


def _target(url: str) -> str:
    """The origin form of a URL; the URL itself when it is odd enough not to be one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
