"""A broken promise: as a rule sees it, and as the run reports it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from errorcontract.model.basis import Basis
from errorcontract.model.exchange import Exchange

_NAMED = 8


class Severity(StrEnum):
    """An error fails the run, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What a rule yields. `where` are the parts of the fingerprint beside the rule: operation, cause, code, status.

    `told_by` are rules whose finding on the same operation tells of the same defect.
    """

    summary: str
    expected: str = field(repr=False)
    observed: str = field(repr=False)
    basis: Basis
    exchange: Exchange
    operation: str | None = None
    cause: str | None = None
    code: str | None = None
    status: int | None = None
    told_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A breach as reported: identified, graded, with its evidence and a way to see it again.

    `exchanges` is the whole story of the case, the one that shows the breach at `evidence`. `cause` is without the
    class of the value; `variants` are the classes that showed the breach, all of them values of `field`.
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
    expected: str = field(repr=False)
    observed: str = field(repr=False)
    basis: Basis
    curl: str = field(repr=False)
    exchanges: tuple[Exchange, ...]
    evidence: int
    question: str
    accepted: str | None = None
    """The reason given in the baseline, None for a finding that counts."""
    field: str | None = None
    variants: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The summary with what showed it."""
        return with_variants(self.summary, self.variants)


def with_variants(summary: str, variants: Sequence[str]) -> str:
    """A summary that lists the classes of values which showed a breach; a long list is cut."""
    if len(variants) == 1 and variants[0] in summary:
        return summary
    named = ", ".join(variants[:_NAMED]) + (f" and {len(variants) - _NAMED} more" if len(variants) > _NAMED else "")
    return f"{summary} ({named})" if named else summary
