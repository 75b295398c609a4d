"""What a run reached of a contract, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from errorcontract.reporting.result import CodeInfo, Counts, Timing


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCoverage:
    """How a code of the catalogue was met. `seen`: {status: times}; `answered_as`: the aliases that came in its place.

    `right` and `wrong` count the answers with a promised and with another status, `asked` the requests that the code
    would have been right for.
    """

    info: CodeInfo
    provoked: bool
    why_not: str | None = None
    seen: Counts = field(default_factory=dict)
    right: int = 0
    wrong: int = 0
    answered_as: tuple[str, ...] = ()
    asked: int = 0

    @property
    def status(self) -> int | list[int] | None:
        """The promised status: a list when several are right, None when the documents name none."""
        statuses = list(self.info.statuses)
        return statuses[0] if len(statuses) == 1 else statuses or None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationCoverage:
    """How often an operation was asked, and how often it took and refused a request."""

    operation: str
    requests: int = 0
    accepted: int = 0
    rejected: int = 0
    timing: Timing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCoverage:
    """How often a rule judged and found its promise broken. `left_out`: why the contract gives no ground for it."""

    rule: str
    judged: int = 0
    broken: int = 0
    left_out: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All of it. `matrix`: {(operation, rule): (judged, broken)}; `unlisted`: codes that the catalogue lacks."""

    codes: tuple[CodeCoverage, ...]
    operations: tuple[OperationCoverage, ...]
    rules: tuple[RuleCoverage, ...]
    matrix: Mapping[tuple[str | None, str], tuple[int, int]]
    unlisted: Mapping[str, Counts]

    @property
    def provokable(self) -> tuple[CodeCoverage, ...]:
        """The codes that can be provoked from outside, and those that came although they can't."""
        return tuple(one for one in self.codes if one.info.provokable or one.provoked)

    @property
    def missing(self) -> tuple[CodeCoverage, ...]:
        """The codes that could have been provoked and were not."""
        return tuple(one for one in self.provokable if not one.provoked)
