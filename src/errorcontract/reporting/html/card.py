"""One finding as it is shown whole."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from errorcontract.reporting.html.differ import marked
from errorcontract.reporting.html.grouping import anchor
from errorcontract.reporting.html.rules_told import told
from errorcontract.reporting.result import Evidence, ReportedFinding

STEPS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`story`: the exchanges that led to the evidence; `hidden`: how many of them are not shown."""

    finding: ReportedFinding
    anchor: str
    open: bool
    expected: Markup
    observed: Markup
    has_page: bool
    story: tuple[Evidence, ...]
    hidden: int


def card_of(finding: ReportedFinding, run: int, *, opened: bool) -> Card:
    """The card of a finding of a run."""
    before = tuple(one for one in finding.story if one != finding.exchange)
    expected, observed = marked(finding.expected, finding.observed)
    return Card(
        finding=finding,
        anchor=f"finding-{anchor(finding.id)}" + (f"-{run}" if run > 1 else ""),
        open=opened,
        expected=expected,
        observed=observed,
        has_page=told(finding.rule) is not None,
        story=before[-STEPS:],
        hidden=max(len(before) - STEPS, 0),
    )
