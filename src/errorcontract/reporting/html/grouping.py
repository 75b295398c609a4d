"""Findings by rule, the worst first, and the order in which they get room."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby, islice, zip_longest

from errorcontract.model import Severity
from errorcontract.reporting.language import Language
from errorcontract.reporting.result import ReportedFinding, RunResult

_ODD = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one rule, errors first. `beyond`: how many of them have no place on the page."""

    rule: str
    title: str
    anchor: str
    severity: Severity
    findings: tuple[ReportedFinding, ...]
    beyond: int
    count: int
    occurrences: int


def groups_of(run: RunResult, words: Language, suffix: str, listed: int) -> tuple[Group, ...]:
    """The groups of a run's open findings; at most `listed` findings are in them."""
    titles = {rule.id: rule.title for rule in run.rules}
    room = Counter(one.rule for one in islice(in_turn(run), listed))
    return tuple(
        Group(
            rule=found[0].rule,
            title=words.name("rule", found[0].rule) or titles.get(found[0].rule, ""),
            anchor=f"of-{anchor(found[0].rule)}{suffix}",
            severity=found[0].severity,
            findings=tuple(found[: room[found[0].rule]]),
            beyond=len(found) - room[found[0].rule],
            count=len(found),
            occurrences=_times(found),
        )
        for found in by_rule(run)
    )


def by_rule(run: RunResult) -> list[list[ReportedFinding]]:
    """The open findings of each rule, errors first; rules with errors first, then those that showed most often."""
    together = groupby(sorted(run.open_findings, key=lambda one: (one.rule, _mild(one))), key=lambda one: one.rule)
    return sorted((list(found) for _, found in together), key=lambda found: (_mild(found[0]), -_times(found)))


def in_turn(run: RunResult) -> Iterator[ReportedFinding]:
    """Every open finding: the first of each rule, then the second of each, so that all rules get room."""
    return (one for one in chain.from_iterable(zip_longest(*by_rule(run))) if one is not None)


def anchor(text: str) -> str:
    """What a fragment of an address can name."""
    return _ODD.sub("_", text)[:_LONGEST]


def _times(findings: Iterable[ReportedFinding]) -> int:
    return sum(one.occurrences for one in findings)


def _mild(finding: ReportedFinding) -> bool:
    return finding.severity is not Severity.ERROR
