"""A broken promise: as a rule sees it, and as the run reports it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from errorcontract.model.contract import Basis
from errorcontract.model.exchange import Exchange


class Severity(StrEnum):
    """An error fails the run, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What a rule yields. `where` are the parts of the fingerprint beside the rule: operation, cause, code, status."""

    summary: str
    expected: str
    observed: str
    basis: Basis
    exchange: Exchange
    operation: str | None = None
    cause: str | None = None
    code: str | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A breach as reported: identified, graded, with its evidence and a way to see it again.

    `exchanges` is the whole story of the case, the one that shows the breach at `evidence`.
    """

    id: str
    contract: str
    rule: str
    severity: Severity
    operation: str | None
    cause: str | None
    code: str | None
    status: int | None
    summary: str
    expected: str
    observed: str
    basis: Basis
    curl: str
    exchanges: tuple[Exchange, ...]
    evidence: int
    question: str
    accepted: str | None = None
    """The reason given in the baseline, None for a finding that counts."""
