"""A success costs exactly what the documents say."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the balance fell by something else than the promised cost of the accepted request."""
    test, spent, ledger = evidence.step("test"), evidence.spent(), evidence.contract.ledger
    if evidence.about != "charge" or test is None or spent is None or ledger is None or not test.accepted:
        return
    cost = test.step.promise.cost
    if cost is None:
        return
    if spent == cost:
        yield KEPT
        return
    times = spent / cost if cost else 0.0
    how = f"charged {times:g} times" if times > 1 and times.is_integer() else str(test.step.promise.cause)
    yield evidence.breach(
        test, f"{cost:g} paid", f"{spent:g} paid", f"a request that costs {cost:g} was charged {spent:g}", ledger.basis,
        operation=test.operation, cause=how,
    )


RULE = Rule(
    id="charged-once", group="money",
    title="A success costs what it should, once.",
    judge=judge,
)
