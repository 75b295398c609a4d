"""A request that costs more than the balance is refused, and no balance is below zero."""

from __future__ import annotations

import json

from errorcontract.model import Breach, number_of
from errorcontract.rules.books import ALONE
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading, resolve
from errorcontract.rules.rule import KEPT, Judgement, Rule

_LOOKS = ("balance-before", "balance-after", "balance-end")


def judge(evidence: Evidence) -> Judgement:
    """Breach where an overdraft is accepted, a balance is below zero, or orders at once are not all paid."""
    if (
        evidence.about == "overdraft"
        and (last := evidence.step("too-much")) is not None
        and not _covered(evidence, last)
    ):
        yield _breach(evidence, last, last.operation) if last.accepted else KEPT
    if evidence.about == "overdraft":
        yield from _rushed(evidence)
    if evidence.about == "side-by-side":
        yield from _side_by_side(evidence)
    yield from _below_zero(evidence)


def _covered(evidence: Evidence, last: Reading) -> bool:
    """Whether the account held enough after all: an earlier order was refused, or money came in meanwhile."""
    held = evidence.balance("balance-before")
    return held is not None and any(held >= amount for amount in _amounts(evidence, last))


def _amounts(evidence: Evidence, order: Reading) -> list[float]:
    """The amounts that stand in an order."""
    operation = evidence.contract.operations.get(str(order.operation))
    sent = json.loads(order.exchange.request.body or b"{}")
    fields = [field for field in operation.fields if field.kind == "amount"] if operation else []
    found = [number_of(resolve(sent, field.place.removeprefix("body"))) for field in fields]
    return [amount for amount in found if amount is not None]


def _rushed(evidence: Evidence) -> Judgement:
    """Orders at once of which the account could not pay all that it took."""
    left, rush = evidence.balance("balance-left"), evidence.copies("rush")
    taken = [order for order in rush if order.accepted]
    if left is None or not rush:
        return
    due = round(sum(sum(_amounts(evidence, order)) for order in taken), 6)
    yield _breach(evidence, taken[-1], taken[-1].operation) if due > left else KEPT


def _below_zero(evidence: Evidence) -> Judgement:
    """A balance that an accepted order of this story took below zero. One that was there before is the operator's."""
    paid: str | None = None
    for reading in evidence.answered:
        operation = evidence.contract.operations.get(str(reading.operation))
        paid = operation.id if reading.accepted and operation and operation.effect == "charge" else paid
        balance = evidence.balance(reading.exchange.step) if reading.exchange.step in _LOOKS else None
        if paid and balance is not None and balance < 0:
            yield _breach(evidence, reading, paid)


def _fell_below_zero(evidence: Evidence) -> bool:
    """Whether a balance that was there before is below zero at the end: whoever spent it, the account was overdrawn."""
    said = (evidence.balance(name) for name in ("balance-before", "balance-after", "balance-left", "balance-end"))
    held = [balance for balance in said if balance is not None]
    orders = (one for one in evidence.answered if one.accepted and one.exchange.step.startswith("spend-"))
    spent = sum(sum(_amounts(evidence, order)) for order in orders)
    return len(held) > 1 and held[0] + spent >= 0 > held[-1]


def _side_by_side(evidence: Evidence) -> Judgement:
    orders, spent, ledger = evidence.copies("orders"), evidence.spent(), evidence.contract.ledger
    costs = [order.step.promise.cost for order in orders if order.accepted]
    if (
        not orders
        or spent is None
        or ledger is None
        or None in costs
        or evidence.lost("orders")
        or not all(order.accepted or order.rejected for order in orders)
    ):
        return
    due = round(sum(cost for cost in costs if cost is not None), 6)
    if spent == due:
        yield KEPT
    else:
        yield evidence.breach(
            orders[-1],
            f"{due:g} paid",
            f"{spent:g} paid",
            f"orders for {due:g} at the same moment were charged {spent:g}",
            ledger.basis,
            operation=orders[-1].operation,
            cause="different orders at once",
            told_by=ALONE,
        )


def _breach(evidence: Evidence, reading: Reading, operation: str | None) -> Breach:
    cause = evidence.contract.causes["insufficient-balance"]
    return evidence.breach(
        reading,
        f"a refusal with {' or '.join(sorted(cause.codes))}",
        reading.told(),
        "an account can be overdrawn",
        cause.basis,
        operation=operation,
        cause="insufficient-balance",
    )


RULE = Rule(
    id="ledger-balances",
    group="money",
    title="The ledger adds up, and nobody pays more than the account holds.",
    judge=judge,
    story=True,
    doubtful=lambda evidence: not _fell_below_zero(evidence),
)
