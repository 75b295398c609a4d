"""What a contract says of callers: what may be sent again, how often, after which wait."""

from __future__ import annotations

from dataclasses import dataclass, field

from errorcontract.model.basis import Basis, Provenance, RetryClass

LOST = "lost"
"""In the place of a status: no answer came, or only a part of one."""

_STANDARD = Provenance.STANDARD


def _standard(source: str) -> Basis:
    return Basis(provenance=_STANDARD, source=source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """What a caller does after certain answers: codes, statuses, classes such as "4xx", or "lost"."""

    on: frozenset[str]
    again: RetryClass
    basis: Basis

    def fits(self, code: str | None, status: int) -> bool:
        """Whether it is about such an answer. A status of 0 is none at all."""
        names = {LOST} if not status else {str(status), f"{status // 100}xx", *([code] if code else [])}
        return bool(names & self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """That a caller stops, and after how many attempts, the first among them. None: no number is known."""

    stops: Basis
    most: int | None = None
    most_basis: Basis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """How waits grow from one attempt to the next, where no answer names them."""

    first: float
    factor: float
    jitter: str
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """What callers are told about sending again. What a contract does not say is what HTTP itself says.

    `answers`: the first one that fits an answer counts; without one, nothing is judged. `unsafe` are answers that leave
    open what became of a request that changes something; it is then sent again only under one of `keys` (headers),
    under its reference, or where it is `harmless` (operations).
    """

    answers: tuple[Stance, ...] = ()
    attempts: Attempts = field(
        default_factory=lambda: Attempts(stops=_standard("RFC 9110, 9.2.2, no retry of a retry that failed"))
    )
    backoff: Backoff | None = None
    header_delay: Stance | None = None
    """On which answers the documents themselves tell callers to wait as long as a Retry-After says."""
    body_delay: Basis | None = None
    unsafe: tuple[Stance, ...] = field(
        default_factory=lambda: (
            Stance(
                on=frozenset({LOST, "502", "504"}),
                again=RetryClass.NEVER,
                basis=_standard("RFC 9110, 9.2.2, automatic retries of what is not idempotent"),
            ),
        )
    )
    keys: frozenset[str] = frozenset({"idempotency-key"})
    harmless: frozenset[str] = frozenset()
    unknown: Basis = field(default_factory=lambda: _standard("RFC 9110, 15, a status that is not known"))

    def after(self, code: str | None, status: int) -> Stance | None:
        """What it says of an answer, None where it is silent."""
        return next((stance for stance in self.answers if stance.fits(code, status)), None)

    def waits(self, code: str | None, status: int) -> Basis:
        """Why a caller waits as long as the Retry-After of an answer says."""
        said = self.header_delay
        return said.basis if said and said.fits(code, status) else _standard("RFC 9110, 10.2.3, Retry-After")

    def leaves_open(self, code: str | None, status: int) -> Stance | None:
        """What it says of an answer after which nobody knows what was done, None for any other."""
        return next((stance for stance in self.unsafe if stance.fits(code, status)), None)
