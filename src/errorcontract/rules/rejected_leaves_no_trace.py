"""A refused request costs nothing and changes nothing: what is read before and after is the same."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule
from errorcontract.rules.unchanged import unchanged

_STORIES = {"no-trace", "duplicate", "overdraft"}


def judge(evidence: Evidence) -> Judgement:
    """Breach where the balance, or a watched value, changed although each request between the looks was refused."""
    yield from unchanged(evidence)
    spent, ledger = evidence.spent(), evidence.contract.ledger
    between = _between(evidence)
    if evidence.about not in _STORIES or spent is None or ledger is None or not between:
        return
    if not all(reading.rejected for reading in between):
        return
    if spent == 0:
        yield KEPT
        return
    causes = sorted({str(reading.step.promise.cause) for reading in between})
    yield evidence.breach(
        between[-1],
        "the same balance",
        f"{spent:g} less" if spent > 0 else f"{-spent:g} more",
        f"refused requests changed the balance by {-spent:g} ({', '.join(causes)})",
        ledger.basis,
        operation=between[-1].operation,
        cause=evidence.trace.case.cause or "refused requests",
    )


def _between(evidence: Evidence) -> list[Reading]:
    names = [reading.exchange.step for reading in evidence.readings]
    if "balance-before" not in names or "balance-after" not in names:
        return []
    return list(evidence.readings[names.index("balance-before") + 1 : names.index("balance-after")])


RULE = Rule(
    id="rejected-leaves-no-trace",
    group="money",
    title="A refused request costs nothing and changes nothing.",
    judge=judge,
    story=True,
    doubtful=lambda _: True,
)
