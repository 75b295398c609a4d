"""A request that the documents allow succeeds, at the edges of each range too."""

from __future__ import annotations

from errorcontract.model import Outcome
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each good request that is refused or sent elsewhere. A state that passes excuses it."""
    for reading in evidence.answered:
        promise = reading.step.promise
        if promise.outcome is not Outcome.ACCEPTED or _of_a_used_reference(evidence, reading):
            continue
        if reading.accepted:
            yield KEPT
        elif (reading.rejected or reading.redirects) and not reading.passing:
            yield evidence.breach(
                reading,
                "success",
                reading.told(),
                f"a good request ({_name(promise.cause)}) is refused with {reading.told()}",
                promise.basis,
                operation=reading.operation,
                cause=promise.cause,
                code=reading.code,
                status=reading.status,
            )


def _of_a_used_reference(evidence: Evidence, reading: Reading) -> bool:
    used = evidence.contract.causes.get("duplicate-reference")
    return evidence.about == "freed" and bool(used and reading.code in used.codes)


def _name(cause: str | None) -> str:
    return (cause or "").partition("/")[2]


RULE = Rule(
    id="valid-input-accepted",
    group="input",
    title="What the documents allow succeeds.",
    judge=judge,
)
