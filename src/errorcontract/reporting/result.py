"""What a run led to, as values that every report format is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from errorcontract.model import Severity

Pairs = tuple[tuple[str, str], ...]
Counts = Mapping[str, int]


class Verdict(StrEnum):
    """What a release manager asks first."""

    KEPT = "KEPT"
    BROKEN = "BROKEN"
    INCOMPLETE = "INCOMPLETE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A request as it left. `base64`: the body is Base64 of bytes that are not UTF-8; `cut`: why it is not whole."""

    method: str
    url: str
    headers: Pairs = ()
    body: str | None = None
    base64: bool = False
    cut: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A response as it came. `cut` says why the body is not whole."""

    status: int
    reason: str = ""
    headers: Pairs = ()
    body: str = ""
    base64: bool = False
    cut: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One exchange of a finding's story. `number` is its place in the journal."""

    request: Sent
    response: Received | None = None
    number: int | None = None
    step: str = ""
    failure: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """An entry of the baseline, as the run read it. `state`: "accepted", "ending" within days, or "expired".

    What it is about (`contract` to `question`, the latter "family/operation") is empty where the entry does not say.
    """

    id: str
    reason: str
    state: str = "accepted"
    expires: str | None = None
    contract: str = ""
    operation: str = ""
    cause: str = ""
    question: str = ""

    @property
    def rule(self) -> str:
        """The rule that its id begins with."""
        return self.id.rpartition("-")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFinding:
    """A broken promise as read from the journal.

    `story` are all exchanges of the case, `exchange` the one that shows the breach; `also` are the numbers of
    some exchanges that showed it again; `accepted` is the reason that the baseline gives, `acceptance` its entry,
    which may have expired. `variants` are the classes
    of values that showed it, all of them values of `field`; the summary lists them.
    """

    id: str
    rule: str
    severity: Severity
    summary: str
    expected: str
    observed: str
    provenance: str
    source: str
    curl: str
    exchange: Evidence
    operation: str | None = None
    cause: str | None = None
    code: str | None = None
    status: int | None = None
    question: str = ""
    accepted: str | None = None
    acceptance: Acceptance | None = None
    occurrences: int = 1
    also: tuple[int, ...] = ()
    field: str | None = None
    variants: tuple[str, ...] = ()
    story: tuple[Evidence, ...] = ()

    @property
    def basis(self) -> str:
        """The provenance and its place: `documented: error handling page`."""
        return f"{self.provenance}: {self.source}" if self.source else self.provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInfo:
    """A rule as the run line names it."""

    id: str
    group: str = "other"
    title: str = ""
    severity_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeInfo:
    """A code of the contract's catalogue. Empty `statuses`: the documents name none."""

    code: str
    statuses: tuple[int, ...] = ()
    retry: str = ""
    provenance: str = ""
    source: str = ""
    provokable: bool = True
    why_not: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseInfo:
    """A cause with the codes that are right for it."""

    id: str
    title: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationInfo:
    """An operation that the contract documents."""

    id: str
    method: str = ""
    path: str = ""
    line: int | None = None
    """Where it stands in the contract's document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one finished question counted.

    rules: {id: (judged, broken)}; operations: {id: (requests, accepted, rejected)}; codes: {code: {status: times}};
    causes: {id: (sent, {code: times})}; unsent: {(cause, why): cases}.
    """

    question: str
    family: str = ""
    operation: str | None = None
    requests: int = 0
    seconds: float = 0.0
    rules: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    operations: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    statuses: Counts = field(default_factory=dict)
    codes: Mapping[str, Counts] = field(default_factory=dict)
    causes: Mapping[str, tuple[int, Counts]] = field(default_factory=dict)
    unsent: Mapping[tuple[str, str], int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long the answers of an operation took, in seconds. An empty `operation`: none that the contract documents."""

    operation: str
    answers: int
    median: float
    p95: float
    slowest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """One of the exchanges that took longest. No `status`: no answer came."""

    number: int
    method: str
    url: str
    seconds: float
    operation: str | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a run's result comes from: what was tested, by what, with which choices."""

    title: str = ""
    digest: str = ""
    folder: str = ""
    target: str = ""
    embedded: bool = False
    fault: str | None = None
    choices: tuple[str, ...] = ()
    seed: int | None = None
    budget: int | None = None
    rate: str | None = None
    fail_on: Severity = Severity.ERROR
    command: str = ""
    python: str = ""
    platform: str = ""
    commit: str | None = None
    repository: str | None = None
    document: str = ""
    """The contract's document, as a path in the repository that the run was started in."""
    whole: bool = False
    """Every question of the suites was to be asked."""
    versions: Mapping[str, str] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The runs of one journal. `problems`: what kept the journal from being read or a report from being written."""

    tool: Tool
    runs: tuple[RunResult, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of its runs; INCOMPLETE when there is none."""
        verdicts = {run.verdict for run in self.runs} or {Verdict.INCOMPLETE}
        return next(one for one in (Verdict.BROKEN, Verdict.INCOMPLETE, Verdict.KEPT) if one in verdicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """The program that made the report."""

    name: str = "errorcontract"
    version: str = ""


def _rank(finding: ReportedFinding) -> tuple[bool, str, str, str, str]:
    mild = finding.severity is not Severity.ERROR
    return mild, finding.rule, finding.operation or "", finding.cause or "", finding.id
