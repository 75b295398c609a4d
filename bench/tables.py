"""The tables of the performance page, in Markdown, from raw figures alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cells import number, spelled, table
from figures import Measured, of, rate, ratio, spread, wall_rate
from share_tables import faults_found
from ways import BARE, CHECKED

ORDER = (
    "errorcontract all",
    "errorcontract 300",
    "errorcontract 120",
    "errorcontract prepared",
    "errorcontract prepared, no limit",
    "errorcontract target",
    "errorcontract target, prepared",
    "schemathesis bare",
    "schemathesis checked",
    "plain loop",
)
_BARE, _CHECKED, _LOOP = f"schemathesis {BARE}", f"schemathesis {CHECKED}", "plain loop"
_TARGETS = {_BARE: 10.0, _CHECKED: 10.0, _LOOP: 0.5}
_COMPARED = (
    "errorcontract all",
    "errorcontract prepared",
    "errorcontract prepared, no limit",
    "errorcontract target, prepared",
)


def document(raw: Mapping[str, Any]) -> str:
    """All tables that the raw figures have something for."""
    measured, about = raw["measured"], raw["about"]
    parts = [_about(about), _speed(measured), _ratios(measured), *faults_found(measured, about), _memory(measured)]
    return "\n\n".join(part for part in parts if part)


def _about(about: Mapping[str, Any]) -> str:
    machine = about["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    return (
        f"Measured on {about['day']}, contract `{about['contract']}`. "
        f"{machine['cores']} cores ({machine['processor']}), "
        f"{machine['memory_gib']} GiB, {machine['system']}, {machine['python']}. {versions}."
    )


def _speed(measured: Measured) -> str:
    rounds = of(measured, "speed")
    rows = [_speed_row(way, list(rounds[way].values())) for way in ORDER if way in rounds]
    head = [
        "unfaulted API",
        "rounds",
        "requests",
        "own seconds",
        "requests/s",
        "whole process, s",
        "requests/s",
        "peak MiB",
    ]
    return f"### Speed\n\n{table(head, rows)}" if rows else ""


def _speed_row(way: str, runs: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        way,
        str(len(runs)),
        spelled(spread(run["requests"] for run in runs)),
        spelled(spread(run["seconds"] for run in runs)),
        spelled(spread(rate(run) for run in runs)),
        spelled(spread(run["wall"] for run in runs)) if "wall" in runs[0] else "-",
        spelled(spread(wall_rate(run) for run in runs)) if "wall" in runs[0] else "-",
        spelled(spread(run["peak_mib"] for run in runs)) if "peak_mib" in runs[0] else "-",
    ]


def _ratios(measured: Measured) -> str:
    rounds = of(measured, "speed")
    rows = [
        _ratio_row(rounds, above, below)
        for above in _COMPARED
        for below in _TARGETS
        if above in rounds and below in rounds
    ]
    head = ["requests/s of", "times that of", "by own seconds", "by whole process", "wanted", "own seconds"]
    return f"### Ratios, within a round\n\n{table(head, rows)}" if rows else ""


def _ratio_row(rounds: Mapping[str, Mapping[str, Mapping[str, Any]]], above: str, below: str) -> list[str]:
    own, wanted = ratio(rounds, above, below, rate), _TARGETS[below]
    reached = own is not None and own.middle >= wanted
    return [
        above,
        below,
        spelled(own),
        spelled(ratio(rounds, above, below, wall_rate)),
        f"≥ {wanted:g}",
        "reached" if reached else "missed",
    ]


def _memory(measured: Measured) -> str:
    sizes = sorted(
        (run for key, run in measured.items() if key.startswith("memory/") and key != "memory/once"),
        key=lambda run: run["requests"],
    )
    rows = [[number(run["requests"]), number(run["peak_mib"]), number(rate(run)), number(run["wall"])] for run in sizes]
    return f"### Memory\n\n{table(['requests', 'peak MiB', 'requests/s', 'whole process, s'], rows)}" if rows else ""
