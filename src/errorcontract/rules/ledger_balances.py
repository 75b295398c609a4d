"""A request that costs more than the balance is refused, and no balance is below zero."""

from __future__ import annotations

from errorcontract.model import Breach
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where an overdraft is accepted, a balance below zero is shown, or orders at once are not all paid."""
    if evidence.about == "overdraft" and (last := evidence.step("too-much")) is not None:
        yield _breach(evidence, last) if last.accepted else KEPT
    if evidence.about == "side-by-side":
        yield from _side_by_side(evidence)
    for name in ("balance-before", "balance-after"):
        balance, reading = evidence.balance(name), evidence.step(name)
        if balance is not None and reading is not None and balance < 0:
            yield _breach(evidence, reading)


def _side_by_side(evidence: Evidence) -> Judgement:
    orders, spent, ledger = evidence.copies("orders"), evidence.spent(), evidence.contract.ledger
    cost = orders[0].step.promise.cost if orders else None
    if spent is None or ledger is None or cost is None or not all(order.accepted or order.rejected for order in orders):
        return
    due = cost * sum(order.accepted for order in orders)
    if spent == due:
        yield KEPT
    else:
        yield evidence.breach(
            orders[-1], f"{due:g} paid", f"{spent:g} paid", f"orders for {due:g} at the same moment were charged {spent:g}",
            ledger.basis, operation=orders[-1].operation, cause="different orders at once",
        )


def _breach(evidence: Evidence, reading: Reading) -> Breach:
    cause = evidence.contract.causes["insufficient-balance"]
    return evidence.breach(
        reading, f"a refusal with {' or '.join(sorted(cause.codes))}", reading.told(),
        "an account can be overdrawn", cause.basis, cause="insufficient-balance",
    )


RULE = Rule(
    id="ledger-balances", group="money",
    title="The ledger adds up, and nobody pays more than the account holds.",
    judge=judge,
)
