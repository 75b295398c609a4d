"""Findings that are new, fixed, unchanged, or not asked for again."""

from __future__ import annotations

from errorcontract.drift.change import Fate, FindingChange
from errorcontract.model import Severity
from errorcontract.reporting.asked import asked, question_of, sent_for
from errorcontract.reporting.read_back import Told
from errorcontract.reporting.result import ReportedFinding, RunResult


def changed_findings(old: Told, new: Told) -> tuple[FindingChange, ...]:
    """Every finding of either run; of the same severity, those that count first."""
    before = {one.id: one for one in old.run.findings}
    after = {one.id: one for one in new.run.findings}
    changes = [_here(one, before.get(one.id), old.run, new.run) for one in after.values()]
    changes += [_no_more(one, old.run, new.run) for name, one in before.items() if name not in after]
    return tuple(sorted(changes, key=_rank))


def _here(one: ReportedFinding, before: ReportedFinding | None, old: RunResult, new: RunResult) -> FindingChange:
    fails = one.accepted is None and one.severity in new.failing
    if before is None:
        remark = "" if _asked(one, new, old) else "the old run did not ask for it"
        return FindingChange(finding=one, fate=Fate.NEW, worse=fails, remark=_accepted(one) or remark)
    worse = fails and before.severity is Severity.WARNING and one.severity is Severity.ERROR
    remark = "it was a warning, and is an error now" if worse else _accepted(one)
    if before.accepted is not None and one.accepted is None:
        remark = remark or "it was accepted, and is no more"
    return FindingChange(finding=one, fate=Fate.UNCHANGED, worse=worse, remark=remark)


def _no_more(one: ReportedFinding, old: RunResult, new: RunResult) -> FindingChange:
    if _asked(one, old, new):
        return FindingChange(finding=one, fate=Fate.FIXED, remark=_accepted(one))
    return FindingChange(finding=one, fate=Fate.NOT_ASKED, remark="the new run did not ask for it")


def _asked(one: ReportedFinding, there: RunResult, elsewhere: RunResult) -> bool:
    """Whether the other run put the question that showed a finding, with as many cases of its cause."""
    put = (tally for tally in there.tallies if tally.question == one.question)
    question = next((question_of(tally.family, tally.operation) for tally in put), "")
    sent = sent_for(there.tallies, question, one.cause)
    there_too = sent_for(elsewhere.tallies, question, one.cause)
    if sent is not None and not there_too:
        return False
    enough = sent if sent is not None and there_too is not None and there_too >= sent else None
    return asked(elsewhere.tallies, question, one.rule, one.cause, enough)


def _accepted(one: ReportedFinding) -> str:
    return f"accepted: {one.accepted}" if one.accepted is not None else ""


def _rank(change: FindingChange) -> tuple[bool, bool, str, str, str]:
    one = change.finding
    return not change.worse, one.severity is not Severity.ERROR, one.rule, one.operation or "", one.id
