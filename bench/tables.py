"""The tables of the performance page, in Markdown, from raw figures alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from figures import Measured, Share, Spread, of, rate, ratio, shares, spread, usual_failures, wall_rate
from ways import BARE, CHECKED

SPEED_ORDER = (
    "errorcontract all", "errorcontract 300", "errorcontract 120", "errorcontract prepared", "errorcontract prepared, no limit",
    "errorcontract target", "errorcontract target, prepared", "schemathesis bare", "schemathesis checked", "plain loop",
)
SHARE_ORDER = (
    "errorcontract all", "errorcontract 300", "errorcontract 120", "schemathesis bare", "schemathesis checked", "schemathesis matched",
)
_BARE, _CHECKED, _LOOP = f"schemathesis {BARE}", f"schemathesis {CHECKED}", "plain loop"
_TARGETS = {_BARE: 10.0, _CHECKED: 10.0, _LOOP: 0.5}
_COMPARED = ("errorcontract all", "errorcontract prepared", "errorcontract prepared, no limit", "errorcontract target, prepared")


def document(raw: Mapping[str, Any]) -> str:
    """All tables that the raw figures have something for."""
    measured, about = raw["measured"], raw["about"]
    parts = [_about(about), _speed(measured), _ratios(measured), *_shares(measured, about), _memory(measured)]
    return "\n\n".join(part for part in parts if part)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, the first column to the left and all others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def number(value: float) -> str:
    """A figure with as many digits as it deserves."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"  # noqa: PLR2004


def spelled(found: Spread | None, unit: str = "") -> str:
    """The median, with the least and the largest where they differ."""
    if found is None:
        return "–"
    text = f"{number(found.middle)}{unit}"
    return text if found.least == found.most else f"{text} ({number(found.least)}–{number(found.most)})"


def _about(about: Mapping[str, Any]) -> str:
    machine = about["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    return (
        f"Measured on {about['day']}, contract `{about['contract']}`: {machine['cores']} cores ({machine['processor']}), "
        f"{machine['memory_gib']} GiB, {machine['system']}, {machine['python']}. {versions}."
    )


def _speed(measured: Measured) -> str:
    rounds = of(measured, "speed")
    rows = [_speed_row(way, list(rounds[way].values())) for way in SPEED_ORDER if way in rounds]
    head = ["unfaulted API", "rounds", "requests", "own seconds", "requests/s", "whole process, s", "requests/s", "peak MiB"]
    return f"### Speed\n\n{table(head, rows)}" if rows else ""


def _speed_row(way: str, runs: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        way, str(len(runs)),
        spelled(spread(run["requests"] for run in runs)), spelled(spread(run["seconds"] for run in runs)),
        spelled(spread(rate(run) for run in runs)),
        spelled(spread(run["wall"] for run in runs)) if "wall" in runs[0] else "–",
        spelled(spread(wall_rate(run) for run in runs)) if "wall" in runs[0] else "–",
        spelled(spread(run["peak_mib"] for run in runs)) if "peak_mib" in runs[0] else "–",
    ]


def _ratios(measured: Measured) -> str:
    rounds = of(measured, "speed")
    rows = [_ratio_row(rounds, above, below) for above in _COMPARED for below in _TARGETS if above in rounds and below in rounds]
    head = ["requests/s of", "times that of", "by own seconds", "by whole process", "wanted", "own seconds"]
    return f"### Ratios, within a round\n\n{table(head, rows)}" if rows else ""


def _ratio_row(rounds: Mapping[str, Mapping[str, Mapping[str, Any]]], above: str, below: str) -> list[str]:
    own, wanted = ratio(rounds, above, below, rate), _TARGETS[below]
    reached = own is not None and own.middle >= wanted
    return [
        above, below, spelled(own, "×"), spelled(ratio(rounds, above, below, wall_rate), "×"), f"≥ {wanted:g}×",
        "reached" if reached else "missed",
    ]


def _shares(measured: Measured, about: Mapping[str, Any]) -> list[str]:
    found = shares(measured, about["rules"])
    ways = [way for way in SHARE_ORDER if way in found]
    if not ways:
        return []
    head = ["planted faults", "planted", "found", "share", "rightly named", "requests", "failures without a fault"]
    rows = [_share_row(way, found[way], measured) for way in ways]
    note = f"`matched` is `--max-examples {about['max_examples']}`, to send about {number(about['matched_to'])} requests."
    return [f"### Faults found\n\n{table(head, rows)}\n\n{note}", _by_rule(found, ways, about["rules"]), _missed(found)]


def _share_row(way: str, share: Share, measured: Measured) -> list[str]:
    usual = of(measured, "unfaulted")
    requests = spread(run["requests"] for run in of(measured, "faults")[way].values())
    without = str(len(usual_failures(usual, way))) if way in usual else "0" if _kept(measured, way) else "–"
    named = "–" if share.named is None else str(len(share.named))
    part = f"{100 * len(share.found) / len(share.planted):.0f} %"
    return [way, str(len(share.planted)), str(len(share.found)), part, named, spelled(requests), without]


def _kept(measured: Measured, way: str) -> bool:
    runs = of(measured, "speed").get(way, {}).values()
    return bool(runs) and not any(run["rules"] for run in runs)


def _by_rule(found: Mapping[str, Share], ways: Sequence[str], rules: Mapping[str, str]) -> str:
    planted = frozenset().union(*(share.planted for share in found.values()))
    groups: dict[str, list[str]] = {}
    for fault in sorted(planted):
        groups.setdefault(rules[fault], []).append(fault)
    rows = [[rule, str(len(faults)), *(str(len(found[way].found & set(faults))) for way in ways)] for rule, faults in sorted(groups.items())]
    return f"### Faults found, by the rule that is meant to catch them\n\n{table(['rule', 'planted', *ways], rows)}"


def _missed(found: Mapping[str, Share]) -> str:
    ours = found.get("errorcontract all")
    if ours is None:
        return ""
    theirs = frozenset().union(*(share.found for way, share in found.items() if not way.startswith("errorcontract")))
    missed, unnamed = ours.planted - ours.found, ours.found - (ours.named or frozenset())
    lines = [
        f"Not found by errorcontract: {_names(missed)}. Of these, found by Schemathesis in any way: {_names(missed & theirs)}.",
        f"Found by errorcontract, but by another rule alone: {_names(unnamed)}.",
    ]
    return "\n\n".join(lines)


def _names(faults: Iterable[str]) -> str:
    return ", ".join(f"`{fault}`" for fault in sorted(faults)) or "none"


def _memory(measured: Measured) -> str:
    sizes = sorted((run for key, run in measured.items() if key.startswith("memory/")), key=lambda run: run["requests"])
    rows = [[number(run["requests"]), number(run["peak_mib"]), number(rate(run)), number(run["wall"])] for run in sizes]
    return f"### Memory\n\n{table(['requests', 'peak MiB', 'requests/s', 'whole process, s'], rows)}" if rows else ""
