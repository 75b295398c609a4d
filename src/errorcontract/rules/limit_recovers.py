"""After the time that a 429 names, or else the next window, the target serves again."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.hint import over
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the request after the wait is refused for the rate again.

    Nothing is said where the wait was cut short.
    """
    limit, again = evidence.contract.rate_limit, evidence.step("again")
    if evidence.about != "burst" or limit is None or again is None:
        return
    codes = evidence.contract.causes[limit.cause].codes
    refused = [reading for reading in evidence.answered if reading.code in codes]
    if not any(again.exchange.started >= over(reading) for reading in refused):
        return
    if again.code in codes:
        yield evidence.breach(
            again,
            "success after the wait",
            again.told(),
            "waiting as long as told is not enough",
            limit.basis,
            cause=limit.cause,
        )
    elif again.accepted:
        yield KEPT


RULE = Rule(
    id="limit-recovers",
    group="retry",
    title="Waiting as told is enough.",
    judge=judge,
    story=True,
)
