"""A good request is answered with the documented status of its success: 201 for what it made, 204 for no body."""

from __future__ import annotations

from errorcontract.model import Outcome
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each good request that succeeds with another status. Where it fails, other rules ask."""
    for reading in evidence.answered:
        promise = reading.step.promise
        if promise.outcome is not Outcome.ACCEPTED or not promise.statuses or not reading.accepted:
            continue
        if reading.status in promise.statuses:
            yield KEPT
            continue
        yield evidence.breach(
            reading,
            " or ".join(map(str, sorted(promise.statuses))),
            reading.told(),
            f"a good request ({(promise.cause or '').partition('/')[2]}) is answered with {reading.status}",
            promise.basis,
            operation=reading.operation,
            status=reading.status,
        )


RULE = Rule(
    id="success-status",
    group="http",
    title="A success comes with its documented status.",
    judge=judge,
)
