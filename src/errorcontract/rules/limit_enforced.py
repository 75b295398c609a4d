"""More requests than the limit allows are refused with the documented code."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where a burst over the limit meets no refusal."""
    limit, burst = evidence.contract.rate_limit, evidence.copies("burst")
    if evidence.about != "burst" or limit is None or not burst:
        return
    if all(reading.accepted for reading in burst):
        codes = evidence.contract.causes[limit.cause].codes
        yield evidence.breach(
            burst[-1], f"{' or '.join(sorted(codes))} among {len(burst)} at once", "none", "the rate limit is not kept",
            limit.basis, operation=burst[-1].operation, cause=limit.cause,
        )
    else:
        yield KEPT


RULE = Rule(
    id="limit-enforced", group="retry",
    title="The rate limit is kept.",
    judge=judge,
)
