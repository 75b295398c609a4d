"""No request makes the server fail: bad input is the caller's fault and answered with a 4xx."""

from __future__ import annotations

from errorcontract.model import Outcome
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_NOT_SUPPORTED = {501, 505}


def judge(evidence: Evidence) -> Judgement:
    """Breach for each 5xx, save a documented passing one, the promised one, 'not supported' where nothing is."""
    for reading in evidence.answered:
        if reading.status < 500:  # noqa: PLR2004
            yield KEPT
        elif not reading.passing and not _promised(reading) and not _unsupported(reading):
            cause = reading.step.promise.cause
            yield evidence.breach(
                reading,
                "a 4xx, or success",
                reading.told(),
                f"{cause} makes the server fail with {reading.told()}",
                evidence.contract.envelope_basis,
                operation=reading.operation,
                cause=cause,
                status=reading.status,
            )


def _promised(reading: Reading) -> bool:
    promise = reading.step.promise
    return reading.status in promise.statuses or (reading.code or "") in promise.codes


def _unsupported(reading: Reading) -> bool:
    return reading.status in _NOT_SUPPORTED and reading.step.promise.outcome is Outcome.EITHER


RULE = Rule(
    id="no-server-error",
    group="input",
    title="No request makes the server fail.",
    judge=judge,
)
