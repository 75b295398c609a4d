"""A request with wrong credentials is refused on every operation."""

from __future__ import annotations

from errorcontract.model import Outcome
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each operation that does its work, or points elsewhere, all the same."""
    for reading in evidence.answered:
        promise = reading.step.promise
        if promise.cause != "wrong-credentials" or promise.outcome is not Outcome.REJECTED:
            continue
        if reading.rejected:
            if not _of_another_matter(reading):
                yield KEPT
        elif reading.accepted or reading.redirects:
            yield evidence.breach(
                reading,
                f"a refusal with {' or '.join(sorted(promise.codes))}",
                reading.told(),
                f"{reading.operation} takes wrong credentials",
                promise.basis,
                operation=reading.operation,
                cause=_variant(evidence),
            )


def _of_another_matter(reading: Reading) -> bool:
    """Whether it was refused for a state that passes, so that nobody knows what the credentials were worth."""
    return reading.passing and reading.code not in reading.step.promise.codes


def _variant(evidence: Evidence) -> str:
    return evidence.trace.case.variant.rstrip("0123456789 ")


RULE = Rule(
    id="credentials-checked",
    group="credentials",
    title="No operation takes wrong credentials.",
    judge=judge,
)
