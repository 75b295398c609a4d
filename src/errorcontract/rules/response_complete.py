"""Every request gets a whole HTTP answer: no hang, no dropped connection, no body shorter than announced (RFC 9112 section 8)."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each exchange without a whole answer. No connection at all is the harness's matter, not a breach."""
    for reading in evidence.readings:
        failure = reading.exchange.failure
        if failure is None:
            yield KEPT
        elif not failure.startswith("no connection"):
            yield evidence.breach(
                reading, "a whole answer in the error envelope", failure, f"no whole answer: {failure}",
                evidence.contract.envelope_basis, cause=_base(reading.step.promise.cause) if reading.response is None else failure, status=reading.status or None,
            )


def _base(cause: str | None) -> str | None:
    return cause.partition("/")[0] if cause else None


RULE = Rule(
    id="response-complete", group="http",
    title="Every request gets a whole answer.",
    judge=judge,
)
