"""What takes only so many requests, one after the other, takes no more of them at once."""

from __future__ import annotations

from errorcontract.model import Cause
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where more are accepted at once than one after the other, though the target then refused one too many."""
    one_by_one = [reading for reading in evidence.answered if reading.step.name.startswith("one-by-one-")]
    together, cause = evidence.copies("at-once"), _cause(evidence)
    if evidence.about != "limited" or cause is None or not together:
        return
    took = sum(reading.accepted for reading in one_by_one)
    refused = [reading for reading in one_by_one if not reading.accepted]
    if not took or not refused or not all(one.rejected and one.code in cause.codes for one in refused):
        return  # nothing shows a limit, or something else got in the way
    accepted = [reading for reading in together if reading.accepted]
    if len(accepted) <= took:
        yield KEPT
        return
    yield evidence.breach(
        accepted[took],
        f"at most {took} accepted",
        f"{len(accepted)} of {len(together)} accepted",
        f"{len(accepted)} requests at once are accepted where {took} one after the other are all that is taken",
        cause.basis,
        operation=accepted[took].operation,
        cause=f"{cause.id}/at once",
    )


def _cause(evidence: Evidence) -> Cause | None:
    operation = evidence.contract.operations.get(str(evidence.trace.case.operation))
    return evidence.contract.causes.get(operation.limited.cause) if operation and operation.limited else None


RULE = Rule(
    id="limit-at-once",
    group="references",
    title="What takes only so many takes no more at once.",
    judge=judge,
    story=True,
)
