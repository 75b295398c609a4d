"""What can change from one run to the next, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from errorcontract.reporting.result import ReportedFinding, Timing


class Fate(StrEnum):
    """What became of a finding. NOT_ASKED: the new run did not ask for it, so that it may be there still."""

    NEW = "new"
    FIXED = "fixed"
    UNCHANGED = "unchanged"
    NOT_ASKED = "not asked"


class Move(StrEnum):
    """What became of a code of the target's errors."""

    SEEN = "newly seen"
    GONE = "gone"
    MOVED = "moved"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChange:
    """A finding of either run, as the later one of the two tells of it. `remark` says what else one must know."""

    finding: ReportedFinding
    fate: Fate
    worse: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeChange:
    """A code whose answers changed: the statuses that it came with before and after."""

    code: str
    move: Move
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    worse: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slower:
    """An operation that takes longer than before, beyond what is left to chance."""

    operation: str
    before: Timing
    after: Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDrift:
    """What changed in the runs of one contract. `differs`: what the two runs don't have in common, as sentences."""

    contract: str
    differs: tuple[str, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    codes: tuple[CodeChange, ...] = ()
    slower: tuple[Slower, ...] = ()
    untimed: int = 0
    """Operations with too few answers to compare how long they took."""

    def fated(self, fate: Fate) -> tuple[FindingChange, ...]:
        """The findings of one fate."""
        return tuple(one for one in self.findings if one.fate is fate)

    def moved(self, move: Move) -> tuple[CodeChange, ...]:
        """The codes that changed in one way."""
        return tuple(one for one in self.codes if one.move is move)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """All of it. `only_old` and `only_new`: contracts that only one side has a run of."""

    old: str
    new: str
    runs: tuple[RunDrift, ...]
    only_old: tuple[str, ...] = ()
    only_new: tuple[str, ...] = ()

    @property
    def worse(self) -> bool:
        """Whether a promise is kept less than before."""
        return any(
            any(one.worse for one in run.findings) or any(one.worse for one in run.codes) for run in self.runs
        )

    @property
    def slower(self) -> bool:
        """Whether an operation takes longer."""
        return any(run.slower for run in self.runs)
