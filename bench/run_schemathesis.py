"""Runs Schemathesis's own command line and reads its JSON and NDJSON reports; requests are counted by the server."""

from __future__ import annotations

import base64
import binascii
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from processes import HERE, ROOT, Ended, Server, timed
from raw_figures import NotMeasured

FAILURES = 1  # the exit code for failed checks; 0 is for none, all others are no measurement


def command(document: Path, url: str, credential: str, options: Sequence[str]) -> list[str]:
    """The command line."""
    return [
        sys.executable,
        "-m",
        "schemathesis.cli",
        "run",
        str(document),
        "--url",
        url,
        "-H",
        credential,
        "--no-color",
        "--report-json-path",
        "report.json",
        *options,
    ]


def measure(
    contract: Any, folder: Path, server: Server, options: Sequence[str], *, envelope: bool, failures: bool
) -> dict[str, Any]:
    """Run once. `envelope`: with our check; `failures`: tell which, at the cost of a longer report."""
    hooks = {
        "SCHEMATHESIS_HOOKS": "envelope_check",
        "BENCH_CONTRACT": contract.name,
        "PYTHONPATH": os.pathsep.join([str(HERE), str(ROOT / "src")]),
    }
    means = contract.credentials
    credential = f"{means.header}: {means.template.replace('{token}', means.test_value)}"
    telling = ["--report-ndjson-path", "events.ndjson"] if failures else []
    line = command(contract.folder / "openapi.yaml", server.url, credential, [*options, *telling])
    ended = timed(line, folder, hooks if envelope else None)
    if ended.code not in (0, FAILURES) or not (folder / "report.json").exists():
        raise NotMeasured(f"Schemathesis ended with exit code {ended.code}:\n{ended.output[-3000:]}")
    result = figures(json.loads((folder / "report.json").read_text("utf-8")), ended)
    result |= {"requests": server.requests, "by_status": server.by_status()}
    if failures:
        with (folder / "events.ndjson").open(encoding="utf-8") as events:
            result["failures"] = failures_in(events, result.pop("errors"))
    return result


def figures(report: Mapping[str, Any], ended: Ended) -> dict[str, Any]:
    """What counts of the JSON report and of the process that wrote it."""
    return {
        "code": ended.code,
        "wall": ended.seconds,
        "peak_mib": ended.peak_mib,
        "seconds": round(report["running_time"], 3),
        "cases": report["test_cases"]["generated"],
        "unique_failures": report["test_cases"]["unique_failures"],
        "complete": report["complete"],
        "errors": sorted({json.dumps(_kind(error), sort_keys=True) for error in report["errors"]}),
    }


def failures_in(events: Iterable[str], errors: Sequence[str]) -> list[str]:
    """Every different failure: its type, the operation, the answer's status and code. Errors count as failures."""
    found = {f"error | {error}" for error in errors}
    for line in events:
        if '"failure_info"' not in line:
            continue
        recorder = (json.loads(line).get("ScenarioFinished") or {}).get("recorder") or {}
        for case, checks in recorder.get("checks", {}).items():
            interaction = recorder.get("interactions", {}).get(case) or {}
            found |= {_told(check, recorder["label"], interaction) for check in checks if check["status"] == "failure"}
    return sorted(found)


def _told(check: Mapping[str, Any], label: str, interaction: Mapping[str, Any]) -> str:
    failure = check["failure_info"]["failure"]
    own = failure["message"].splitlines()[0] if check["name"] == "error_envelope" else ""
    response = interaction.get("response") or {}
    return " | ".join(
        [
            check["name"],
            failure["type"],
            failure["title"],
            own,
            failure.get("operation") or label,
            str(response.get("status_code", "-")),
            _code(response),
        ]
    )


def _code(response: Mapping[str, Any]) -> str:
    try:
        error = json.loads(base64.b64decode((response.get("content") or {}).get("$base64", "")))["error"]
        return str(error.get("code") or error.get("status"))
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        return "-"


def _kind(error: Any) -> Any:
    names = ("type", "title", "code", "operation", "operations", "label", "phase")
    return {name: error[name] for name in names if name in error} if isinstance(error, dict) else str(error)
