"""A success costs exactly what the documents say."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the balance fell by something else than the promised cost of an accepted request."""
    ledger = evidence.contract.ledger
    if evidence.about != "charge" or ledger is None:
        return
    for reading, spent in evidence.legs():
        promise = reading.step.promise
        if promise.cost is None or not reading.accepted:
            continue
        if spent == promise.cost:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                f"{promise.cost:g} paid",
                f"{spent:g} paid",
                f"a request that costs {promise.cost:g} was charged {spent:g}",
                ledger.basis,
                operation=reading.operation,
                cause=_how(spent, promise.cost, str(promise.cause)),
            )


def _how(spent: float, cost: float, cause: str) -> str:
    """What kind of wrong it is: the same defect has the same name for every good request."""
    if spent == 0:
        return "charged nothing"
    times = spent / cost if cost else 0.0
    return f"charged {times:g} times" if times > 1 and times.is_integer() else cause


RULE = Rule(
    id="charged-once",
    group="money",
    title="A success costs what it should, once.",
    judge=judge,
    story=True,
    doubtful=lambda _: True,
)
