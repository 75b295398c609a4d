"""Codes that are newly seen, gone, or came with another status, in the questions that both runs put."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from errorcontract.drift.change import CodeChange, Move
from errorcontract.reporting.asked import question_of
from errorcontract.reporting.read_back import CodeTold, Told
from errorcontract.reporting.result import RunResult

_SELDOM = 2  # asked for less than half as often, a code that did not come tells nothing
_UNLISTED = "it stands in no catalogue"
_UNASKED = "the {} run did not ask for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """A code in one run. `shared`: its statuses in the questions that both runs put; `anywhere`: in all.

    `unsent`: how many cases were left out of those questions in which the old run saw it.
    """

    told: CodeTold | None
    unsent: int
    shared: frozenset[str]
    anywhere: frozenset[str]


def questions_of(run: RunResult) -> frozenset[str]:
    """The questions that a run put."""
    return frozenset(question_of(one.family, one.operation) for one in run.tallies)


def changed_codes(old: Told, new: Told) -> tuple[CodeChange, ...]:
    """The codes whose answers changed, what is worse first."""
    shared = questions_of(old.run) & questions_of(new.run)
    changes = []
    for name in dict.fromkeys((*old.codes, *new.codes)):
        there = _questions(old, name)
        change = _change(name, _side(old, name, shared, there), _side(new, name, shared, there), new.run)
        changes += [change] if change else []
    return tuple(sorted(changes, key=lambda one: (not one.worse, list(Move).index(one.move), one.code)))


def _questions(told: Told, code: str) -> frozenset[str]:
    return frozenset(question_of(one.family, one.operation) for one in told.run.tallies if code in one.codes)


def _side(told: Told, code: str, shared: AbstractSet[str], before: AbstractSet[str]) -> _Side:
    put = [one for one in told.run.tallies if question_of(one.family, one.operation) in shared]
    there = [one for one in put if question_of(one.family, one.operation) in before]
    one = told.codes.get(code)
    return _Side(
        told=one,
        unsent=sum(sum(tally.unsent.values()) for tally in there),
        shared=frozenset(status for tally in put for status in tally.codes.get(code, {})),
        anywhere=frozenset(one.seen if one else ()),
    )


def _change(code: str, old: _Side, new: _Side, run: RunResult) -> CodeChange | None:
    if old.shared and new.shared:
        return _moved(code, old, new) if new.shared - old.shared else None
    if old.shared and not new.anywhere:
        return _gone(code, old, new, run)
    if new.anywhere and not old.anywhere:
        unlisted = _UNLISTED if new.told and not new.told.listed else ""
        remark = unlisted or ("" if new.shared else _UNASKED.format("old"))
        return CodeChange(code=code, move=Move.SEEN, after=_sorted(new.anywhere), remark=remark)
    if old.anywhere and not new.anywhere:
        return CodeChange(code=code, move=Move.NOT_ASKED, before=_sorted(old.anywhere), remark=_UNASKED.format("new"))
    return None


def _gone(code: str, old: _Side, new: _Side, run: RunResult) -> CodeChange:
    """Worse where it stands in the catalogue, was asked for, and nothing as right came in its place."""
    gone, before, told = Move.GONE, _sorted(old.shared), new.told
    if told is None or not told.listed:
        return CodeChange(code=code, move=gone if run.complete else Move.NOT_ASKED, before=before, remark=_UNLISTED)
    seldom = not told.asked or told.asked * _SELDOM < (old.told.asked or 0 if old.told else 0)
    if seldom or new.unsent > old.unsent:
        return CodeChange(code=code, move=Move.NOT_ASKED, before=before, remark=_UNASKED.format("new"))
    if told.answered_as:
        remark = f"{', '.join(told.answered_as)} came in its place, which is as right"
        return CodeChange(code=code, move=gone, before=before, remark=remark)
    remark = f"asked for {told.asked:,} times, and another answer came"
    return CodeChange(code=code, move=gone, before=before, worse=True, remark=remark)


def _moved(code: str, old: _Side, new: _Side) -> CodeChange:
    """Worse where it came with no status of before, and not with promised ones alone.

    A status that came beside the others may be right for another cause; where it is not, there is a finding.
    """
    promised = {str(status) for status in new.told.promised} if new.told else set()
    worse = not new.shared & old.shared and not (promised and new.shared <= promised)
    wanted = f"promised is {' or '.join(sorted(promised))}" if promised else "no status is promised"
    before, after = _sorted(old.shared), _sorted(new.shared)
    return CodeChange(code=code, move=Move.MOVED, before=before, after=after, worse=worse, remark=wanted)


def _sorted(statuses: AbstractSet[str]) -> tuple[str, ...]:
    return tuple(sorted(statuses))
