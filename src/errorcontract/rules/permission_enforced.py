"""A good credential without the right is refused, and so is whoever asks for somebody else's things."""

from __future__ import annotations

from errorcontract.model import Outcome
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_CAUSES = {"insufficient-permission": "callers without the right", "foreign-resource": "what is somebody else's"}


def judge(evidence: Evidence) -> Judgement:
    """Breach for each operation that does its work, or points elsewhere, all the same."""
    for reading in evidence.answered:
        promise = reading.step.promise
        cause = (promise.cause or "").partition("/")[0]
        if promise.outcome is not Outcome.REJECTED or cause not in _CAUSES:
            continue
        if reading.rejected:
            if not _of_another_matter(reading):
                yield KEPT
        elif reading.accepted or reading.redirects:
            yield evidence.breach(
                reading,
                f"a refusal with {' or '.join(sorted(promise.codes)) or 'a 4xx'}",
                reading.told(),
                f"{reading.operation or 'a route'} is open to {_CAUSES[cause]}",
                promise.basis,
                operation=reading.operation,
                cause=cause,
            )


def _of_another_matter(reading: Reading) -> bool:
    """Whether it was refused for a state that passes, so that nobody knows what the right was worth."""
    return reading.passing and reading.code not in reading.step.promise.codes


RULE = Rule(
    id="permission-enforced",
    group="credentials",
    title="No operation is open to callers without the right.",
    judge=judge,
)
