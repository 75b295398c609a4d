"""The log: one SARIF run for each contract."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from errorcontract.reporting.json_text import dump
from errorcontract.reporting.result import Report, RunResult, Tool
from errorcontract.reporting.sarif.invocation import Notice, invocation
from errorcontract.reporting.sarif.limits import Room, fits, missing, rooms, taken
from errorcontract.reporting.sarif.results import result
from errorcontract.reporting.sarif.rules import rules_of

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[!-~]+")


def render(report: Report) -> str:
    """The SARIF log, as large as GitHub takes it."""
    text = ""
    for room in rooms(report.runs):
        text = _log(report, room)
        if fits(text):
            break
    return text


def _log(report: Report, room: Room) -> str:
    """Without a run it has one without results, as a log without runs says nothing."""
    others = list(missing(report.runs))
    first, *more = taken(report.runs) or [RunResult(contract="none")]
    runs = [_run(first, report.tool, room, others), *(_run(run, report.tool, room) for run in more)]
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": runs}, indent=2) + "\n"


def _run(run: RunResult, tool: Tool, room: Room, others: Iterable[Notice] = ()) -> dict[str, Any]:
    findings = room.taken(run)
    rules = rules_of(run, findings)
    places = {rule["id"]: place for place, rule in enumerate(rules)}
    log: dict[str, Any] = {
        "tool": {"driver": {"name": tool.name, "version": tool.version or "0", "rules": rules}},
        "automationDetails": {"id": f"errorcontract/{run.contract}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation(run, [*room.left_out(run), *others])],
        "results": [
            result(one, run, places[one.rule], whole=number < room.whole) for number, one in enumerate(findings)
        ],
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
