"""The run of one contract: all that is known of it, and its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from errorcontract.model import Severity
from errorcontract.reporting.result.catalogue import CauseInfo, CodeInfo, OperationInfo, RuleInfo
from errorcontract.reporting.result.counted import Counts, Slow, Tally, Timing
from errorcontract.reporting.result.finding import Acceptance, ReportedFinding
from errorcontract.reporting.result.provenance import Provenance


class Verdict(StrEnum):
    """What a release manager asks first."""

    KEPT = "KEPT"
    BROKEN = "BROKEN"
    INCOMPLETE = "INCOMPLETE"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """All that is known of one contract's run. `by_status`: {"400": 11, "no answer": 1}."""

    contract: str
    made: Provenance = field(default_factory=Provenance)
    started: str = ""
    finished: str | None = None
    seconds: float = 0.0
    complete: bool = False
    why: str | None = None
    requests: int = 0
    by_status: Counts = field(default_factory=dict)
    findings: tuple[ReportedFinding, ...] = ()
    rules: tuple[RuleInfo, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[CodeInfo, ...] = ()
    causes: tuple[CauseInfo, ...] = ()
    operations: tuple[OperationInfo, ...] = ()
    tallies: tuple[Tally, ...] = ()
    timings: tuple[Timing, ...] = ()
    slowest: tuple[Slow, ...] = ()
    notes: tuple[str, ...] = ()
    baseline: tuple[Acceptance, ...] = ()
    lead: str | None = None
    """What a reader must know before the findings: that the target is hardly the API of the contract."""

    @property
    def open_findings(self) -> tuple[ReportedFinding, ...]:
        """The findings that no baseline accepts, errors first, then by rule and operation."""
        return tuple(sorted((one for one in self.findings if one.accepted is None), key=_rank))

    @property
    def accepted_findings(self) -> tuple[ReportedFinding, ...]:
        """The findings that the baseline accepts, in the same order."""
        return tuple(sorted((one for one in self.findings if one.accepted is not None), key=_rank))

    @property
    def failing(self) -> frozenset[Severity]:
        """The severities that fail the run."""
        return frozenset({Severity.ERROR, self.made.fail_on})

    @property
    def verdict(self) -> Verdict:
        """BROKEN when an open finding fails the run; KEPT only when the run is whole and judged something."""
        if any(one.severity in self.failing for one in self.open_findings):
            return Verdict.BROKEN
        return Verdict.KEPT if self.complete and self.requests else Verdict.INCOMPLETE

    @property
    def why_incomplete(self) -> str | None:
        """Why the run does not tell all, None when it does."""
        if not self.complete:
            return self.why or "the run ended without saying so"
        return None if self.requests else "no exchange was judged"

    def count(self, severity: Severity) -> int:
        """How many open findings have this severity."""
        return sum(one.severity is severity for one in self.open_findings)


def _rank(finding: ReportedFinding) -> tuple[bool, str, str, str, str]:
    mild = finding.severity is not Severity.ERROR
    return mild, finding.rule, finding.operation or "", finding.cause or "", finding.id
