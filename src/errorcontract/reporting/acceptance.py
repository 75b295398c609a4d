"""What a run says of its baseline: what has expired, what ends soon, and what is needed no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from errorcontract.reporting.asked import asked
from errorcontract.reporting.result import Acceptance, ReportedFinding, RunResult

EXPIRED, ENDING = "expired", "ending"
_NAMED = 20


def with_acceptances(run: RunResult) -> RunResult:
    """The run with its findings beside their entries in the baseline, and with the remarks that follow."""
    entries = {one.id: one for one in run.baseline}
    findings = tuple(replace(one, acceptance=entries.get(one.id)) for one in run.findings)
    return replace(run, findings=findings, notes=(*run.notes, *_remarks(run, findings)))


def needed(run: RunResult, entry: Acceptance) -> bool | None:
    """Whether the run found what an entry accepts; None where it did not ask for it, or can't tell."""
    if any(one.id == entry.id for one in run.findings):
        return True
    if entry.contract not in {"", run.contract}:
        return None
    if entry.question:
        return False if asked(run.tallies, entry.question, entry.rule, entry.cause or None) else None
    return False if _asked_for_all(run, entry.rule) else None


def _asked_for_all(run: RunResult, rule: str) -> bool:
    """Whether nothing that the rule could have judged was left out: needed where an entry names no question."""
    judged = any(one.rules.get(rule, (0, 0))[0] for one in run.tallies)
    return judged and run.complete and run.made.whole and not any(one.unsent for one in run.tallies)


def _remarks(run: RunResult, findings: Iterable[ReportedFinding]) -> Iterator[str]:
    for one in findings:
        entry = one.acceptance
        if entry and entry.state == EXPIRED:
            yield f"expired in the baseline: {one.id}, accepted until {entry.expires}, counts again: {entry.reason}"
        elif entry and entry.state == ENDING:
            yield f"near its end in the baseline: {one.id} is accepted until {entry.expires} only: {entry.reason}"
    idle = [entry.id for entry in run.baseline if needed(run, entry) is False]
    if idle:
        more = f" and {len(idle) - _NAMED} more" if len(idle) > _NAMED else ""
        yield f"no longer needed in the baseline: {', '.join(idle[:_NAMED])}{more}"
