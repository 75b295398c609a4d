"""A finding as reports show it, with what the baseline says of it."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.model import Severity
from errorcontract.reporting.result.evidence import Evidence


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
