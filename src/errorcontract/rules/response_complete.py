"""Every request gets a whole HTTP answer: no hang, no dropped connection, no short body (RFC 9112 section 8)."""

from __future__ import annotations

from errorcontract.model import Outcome
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_LARGE = 1024 * 1024


def judge(evidence: Evidence) -> Judgement:
    """Breach for each exchange without a whole answer. No connection at all is the harness's matter.

    A server may close on a body that is too large (RFC 9110 section 15.5.14), and its answer gets lost with that.
    """
    for reading in evidence.readings:
        failure = reading.exchange.failure
        if failure is None:
            yield KEPT
        elif not failure.startswith("no connection") and not _closed_on(reading):
            yield evidence.breach(
                reading,
                "a whole answer in the error envelope",
                failure,
                f"no whole answer: {failure}",
                evidence.contract.envelope_basis,
                cause=_base(reading.step.promise.cause) if reading.response is None else failure,
                status=reading.status or None,
            )


def _closed_on(reading: Reading) -> bool:
    """Whether the connection went away under a large body to which nothing is promised."""
    size = len(reading.exchange.request.body or b"")
    return (
        reading.response is None
        and size >= _LARGE
        and reading.step.promise.outcome is Outcome.EITHER
        and "connection" in str(reading.exchange.failure)
    )


def _base(cause: str | None) -> str | None:
    return cause.partition("/")[0] if cause else None


RULE = Rule(
    id="response-complete",
    group="http",
    title="Every request gets a whole answer.",
    judge=judge,
)
