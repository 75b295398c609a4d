"""Runs errorcontract through its command line and reads its findings.json."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from processes import ROOT, Ended, Server, timed
from raw_figures import NotMeasured

SUITES = ROOT / "suites"
FINDINGS = 1  # the exit code for broken promises; 0 is for none, all others are no measurement


def command(contract: str, folder: Path, options: Sequence[str] = ()) -> list[str]:
    """The command line; the suites are named by their folder, as in a clone."""
    return [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(ROOT),
        "-c",
        str(ROOT / "pyproject.toml"),
        str(SUITES),
        "--contract",
        contract,
        "--report-dir",
        str(folder / "reports"),
        *options,
    ]


def measure(contract: str, folder: Path, options: Sequence[str] = (), server: Server | None = None) -> dict[str, Any]:
    """Run once, embedded or against a server of ours; what came of it as plain data."""
    target = ["--target", server.url] if server else []
    ended = timed(command(contract, folder, [*target, *options]), folder)
    if ended.code not in (0, FINDINGS):
        raise NotMeasured(f"errorcontract ended with exit code {ended.code}:\n{ended.output[-3000:]}")
    report = json.loads((folder / "reports" / "findings.json").read_text("utf-8"))
    return figures(report, ended) | ({"served": server.requests, "by_status": server.by_status()} if server else {})


def figures(report: Mapping[str, Any], ended: Ended) -> dict[str, Any]:
    """What counts of a report and of the process that wrote it."""
    run = report["runs"][0]
    return {
        "code": ended.code,
        "wall": ended.seconds,
        "peak_mib": ended.peak_mib,
        "requests": run["stats"]["requests"],
        "seconds": run["stats"]["seconds"],
        "complete": run["complete"],
        "rules": sorted({finding["rule"] for finding in run["findings"]}),
        "failures": sorted({_told(finding) for finding in run["findings"]}),
    }


def _told(finding: Mapping[str, Any]) -> str:
    return " | ".join([finding["severity"], finding["rule"], finding["operation"] or "-", finding["id"]])
