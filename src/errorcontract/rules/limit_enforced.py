"""More requests than the limit allows are refused with the documented code."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where a burst over the limit meets no refusal, for each operation that was asked so often."""
    limit = evidence.contract.rate_limit
    if evidence.about != "burst" or limit is None:
        return
    codes = evidence.contract.causes[limit.cause].codes
    for name in dict.fromkeys(step.name for step, _ in evidence.trace.exchanges if step.copies > 1):
        burst = evidence.copies(name)
        if not all(reading.accepted for reading in burst):
            yield KEPT
            continue
        if evidence.lost(name):
            continue  # what got no answer may have been the refused one
        yield evidence.breach(
            burst[-1],
            f"{' or '.join(sorted(codes))} among {len(burst)} at once",
            "none",
            "the rate limit is not kept",
            limit.basis,
            operation=burst[-1].operation,
            cause=limit.cause,
        )


RULE = Rule(
    id="limit-enforced",
    group="retry",
    title="The rate limit is kept.",
    judge=judge,
    story=True,
)
