"""The tables of faults found: in all, by rule, and by name where something was missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cells import number, spelled, table
from figures import Measured, Share, of, shares, spread, usual_failures

ORDER = (
    "errorcontract all",
    "errorcontract 300",
    "errorcontract 120",
    "schemathesis bare",
    "schemathesis checked",
    "schemathesis matched",
)


def faults_found(measured: Measured, about: Mapping[str, Any]) -> list[str]:
    """The tables, none where no fault was planted."""
    found = shares(measured, about["rules"])
    ways = [way for way in ORDER if way in found]
    if not ways:
        return []
    head = [
        "planted faults",
        "planted",
        "found",
        "share",
        "fail the run",
        "rightly named",
        "requests",
        "failures without a fault",
    ]
    rows = [_share_row(way, found[way], measured) for way in ways]
    note = (
        f"`matched` is `--max-examples {about['max_examples']}`, to send about {number(about['matched_to'])} requests."
    )
    return [f"### Faults found\n\n{table(head, rows)}\n\n{note}", _by_rule(found, ways, about["rules"]), _missed(found)]


def _share_row(way: str, share: Share, measured: Measured) -> list[str]:
    usual = of(measured, "unfaulted")
    requests = spread(run["requests"] for run in of(measured, "faults")[way].values())
    without = str(len(usual_failures(usual, way))) if way in usual else "-"
    named = "-" if share.named is None else str(len(share.named))
    part = f"{100 * len(share.found) / len(share.planted):.0f} %"
    return [
        way,
        str(len(share.planted)),
        str(len(share.found)),
        part,
        str(len(share.failing)),
        named,
        spelled(requests),
        without,
    ]


def _by_rule(found: Mapping[str, Share], ways: Sequence[str], rules: Mapping[str, str]) -> str:
    planted = frozenset().union(*(share.planted for share in found.values()))
    groups: dict[str, list[str]] = {}
    for fault in sorted(planted):
        groups.setdefault(rules[fault], []).append(fault)
    rows = [
        [rule, str(len(faults)), *(str(len(found[way].found & set(faults))) for way in ways)]
        for rule, faults in sorted(groups.items())
    ]
    return f"### Faults found, by the rule that is meant to catch them\n\n{table(['rule', 'planted', *ways], rows)}"


def _missed(found: Mapping[str, Share]) -> str:
    ours = found.get("errorcontract all")
    if ours is None:
        return ""
    theirs = frozenset().union(*(share.found for way, share in found.items() if not way.startswith("errorcontract")))
    missed, unnamed = ours.planted - ours.found, ours.found - (ours.named or frozenset())
    return (
        f"Not found by errorcontract: {_names(missed)}. "
        f"Of these, found by Schemathesis in any way: {_names(missed & theirs)}.\n\n"
        f"Found by errorcontract, but by another rule alone: {_names(unnamed)}."
    )


def _names(faults: Iterable[str]) -> str:
    return ", ".join(f"`{fault}`" for fault in sorted(faults)) or "none"
