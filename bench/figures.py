"""From raw figures to what they come to: medians with their spread, ratios within a round, shares of the faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

Measured = Mapping[str, Mapping[str, Any]]
WARNING = "warning | "  # how a finding begins that does not fail the run

Value = Callable[[Mapping[str, Any]], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The median of some values, and the least and the largest."""

    middle: float
    least: float
    most: float


def spread(values: Iterable[float]) -> Spread:
    """The spread of at least one value."""
    known = sorted(values)
    return Spread(middle=median(known), least=known[0], most=known[-1])


def rate(run: Mapping[str, Any]) -> float:
    """Requests a second by the duration that the tool itself reports."""
    return float(run["requests"] / run["seconds"])


def wall_rate(run: Mapping[str, Any]) -> float:
    """Requests a second by the time from the start of the process to its end; a loop has no start-up."""
    return float(run["requests"] / run.get("wall", run["seconds"]))


def of(measured: Measured, part: str) -> dict[str, dict[str, Mapping[str, Any]]]:
    """What was measured in a part, by way and by round or fault."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for key, run in measured.items():
        if key.startswith(f"{part}/"):
            _, way, which = key.split("/", 2)
            found.setdefault(way, {})[which] = run
    return found


def ratio(rounds: Mapping[str, Mapping[str, Mapping[str, Any]]], above: str, below: str, value: Value) -> Spread | None:
    """How many times one way's value is another's, round by round."""
    common = sorted(set(rounds.get(above, {})) & set(rounds.get(below, {})))
    return spread(value(rounds[above][one]) / value(rounds[below][one]) for one in common) if common else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The faults planted for a way, those found, those that fail the run, those rightly named (None: no rules)."""

    planted: frozenset[str]
    found: frozenset[str]
    failing: frozenset[str]
    named: frozenset[str] | None


def shares(measured: Measured, rules: Mapping[str, str]) -> dict[str, Share]:
    """The share of every way. Found is what fails and does not fail without the fault."""
    unfaulted = of(measured, "unfaulted")
    return {way: _share(runs, usual_failures(unfaulted, way), rules) for way, runs in of(measured, "faults").items()}


def usual_failures(unfaulted: Mapping[str, Mapping[str, Mapping[str, Any]]], way: str) -> frozenset[str]:
    """What fails without a fault, in any round."""
    return frozenset(failure for run in unfaulted.get(way, {}).values() for failure in run["failures"])


def _share(runs: Mapping[str, Mapping[str, Any]], usual: frozenset[str], rules: Mapping[str, str]) -> Share:
    new = {fault: set(run["failures"]) - usual for fault, run in runs.items()}
    found = frozenset(fault for fault, failures in new.items() if failures)
    warned = frozenset(fault for fault in found if all(failure.startswith(WARNING) for failure in new[fault]))
    with_rules = all("rules" in run for run in runs.values())
    named = frozenset(fault for fault in found if rules[fault] in runs[fault]["rules"]) if with_rules else None
    return Share(planted=frozenset(runs), found=found, failing=found - warned, named=named)
