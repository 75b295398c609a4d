"""After the time that a refusal for the rate names, or else the next window, the target serves again."""

from __future__ import annotations

from collections.abc import Sequence

from errorcontract.model import Basis, Provenance, RateLimit
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.hint import in_body, in_header, over
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_TOO_MANY, _OVERLOADED = 429, 503
_OF_HTTP = Basis(provenance=Provenance.STANDARD, source="RFC 9110, 10.2.3, how long to wait before the next request")


def judge(evidence: Evidence) -> Judgement:
    """Breach where the request after the wait is refused for the rate again, or told to wait as overloaded.

    Nothing is said where the wait was cut short.
    """
    limit, again = evidence.contract.rate_limit, evidence.step("again")
    if evidence.about != "burst" or limit is None or again is None:
        return
    codes = evidence.contract.causes[limit.cause].codes
    refused = [reading for reading in evidence.answered if reading.code in codes or _asks_for_patience(reading)]
    if not any(again.exchange.started >= over(reading) for reading in refused):
        return
    if again.code in codes or _asks_for_patience(again):
        yield evidence.breach(
            again,
            "success after the wait",
            again.told(),
            "waiting as long as told is not enough",
            _basis(evidence, limit, refused),
            cause=limit.cause,
        )
    elif again.accepted:
        yield KEPT


def _basis(evidence: Evidence, limit: RateLimit, refused: Sequence[Reading]) -> Basis:
    """The limit; where nothing is promised of it, the wait that was named, which is to be true all the same."""
    delay = evidence.contract.errors.delay
    if limit.basis.provenance is not Provenance.UNSPECIFIED:
        return limit.basis
    if delay and any(in_body(reading) is not None for reading in refused):
        return delay.basis
    return _OF_HTTP if any(in_header(reading) is not None for reading in refused) else limit.basis


def _asks_for_patience(reading: Reading) -> bool:
    """Whether it is a 429, whatever its code, or a 503 that names a wait (RFC 6585, 4; RFC 9110, 15.6.4)."""
    if reading.status == _OVERLOADED:
        return in_header(reading) is not None or in_body(reading) is not None
    return reading.status == _TOO_MANY


RULE = Rule(
    id="limit-recovers",
    group="retry",
    title="Waiting as told is enough.",
    judge=judge,
    story=True,
)
