"""What an audited client did, read from the files of its audit."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LIBRARIES = {
    "requests": ("requests", "urllib3"),
    "httpx_retries": ("httpx", "httpx-retries"),
    "aiohttp_retry": ("aiohttp", "aiohttp-retry"),
    "niquests": ("niquests",),
    "tenacity": ("tenacity", "httpx"),
    "stamina": ("stamina", "httpx"),
    "google_api_core": ("google-api-core", "requests"),
    "axios_retry": ("axios", "axios-retry"),
    "got": ("got",),
    "ky": ("ky",),
    "ofetch": ("ofetch",),
    "fetch_retry": ("fetch-retry",),
    "undici": ("undici",),
}
_CLIENT_ERRORS = range(400, 500)
_TOO_MANY = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A client as it is audited: its libraries with versions, and what its program says of its setting."""

    name: str
    libraries: str
    setting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a client did. Numbers of attempts are for a GET and a POST; findings by rule, with their severity."""

    program: Program
    refused_again: tuple[int, int, int]
    """Of so many answers 4xx but 429, how often a GET and a POST came again."""
    unavailable: tuple[int, int]
    lost: tuple[int, int]
    waits: Mapping[str, str]
    findings: Mapping[str, str]
    seconds: float


def about(program: Path, versions: Mapping[str, str]) -> Program:
    """What a program is, from its name and its first line."""
    kind = max((name for name in _LIBRARIES if program.stem.startswith(name)), key=len)
    first = program.read_text("utf-8").splitlines()[0].strip('"/ ')
    told = ", ".join(f"{name} {versions[name]}" for name in _LIBRARIES[kind])
    return Program(name=program.stem, libraries=told, setting=first.rstrip("."))


def habits(program: Program, report: Path) -> Habits:
    """Read an audit's report folder."""
    [run] = json.loads((report / "findings.json").read_text("utf-8"))["runs"]
    attempts = _attempts(report / "journal.ndjson")
    refused = [case for case in attempts.values() if _is_refused(case)]
    again = [sum(len(_of(case, method)) > 1 for case in refused) for method in ("GET", "POST")]
    worst: dict[str, str] = {}
    for finding in run["findings"]:
        if worst.get(finding["rule"]) != "error":
            worst[finding["rule"]] = finding["severity"]
    return Habits(
        program=program,
        refused_again=(len(refused), again[0], again[1]),
        unavailable=_counts(attempts["503-forever"]),
        lost=_counts(attempts["lost-forever"]),
        waits={case: _waits(case, attempts[case], run["findings"]) for case in ("429-seconds", "429-date")},
        findings=worst,
        seconds=run["stats"]["seconds"],
    )


def _attempts(journal: Path) -> Mapping[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    with journal.open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if line["type"] == "exchange":
                found[line["case"]].append(line)
    return found


def _of(case: list[Any], method: str) -> list[Any]:
    return [one for one in case if one["request"]["method"] == method]


def _counts(case: list[Any]) -> tuple[int, int]:
    return len(_of(case, "GET")), len(_of(case, "POST"))


def _is_refused(case: list[Any]) -> bool:
    statuses = {one["response"]["status"] if one["response"] else 0 for one in case}
    return statuses <= set(_CLIENT_ERRORS) - {_TOO_MANY}


def _waits(case: str, exchanges: list[Any], findings: list[Any]) -> str:
    if any(one["rule"] == "honours-delay" and case in [one["cause"], *one.get("variants", [])] for one in findings):
        return "too early"
    return "waits" if max(_counts(exchanges)) > 1 else "does not ask again"
