"""A request that costs more than the balance is refused, and no balance is below zero."""

from __future__ import annotations

from errorcontract.model import Breach
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where an overdraft is accepted or a balance below zero is shown."""
    if evidence.about == "overdraft" and (last := evidence.step("too-much")) is not None:
        yield _breach(evidence, last) if last.accepted else KEPT
    for name in ("balance-before", "balance-after"):
        balance, reading = evidence.balance(name), evidence.step(name)
        if balance is not None and reading is not None and balance < 0:
            yield _breach(evidence, reading)


def _breach(evidence: Evidence, reading: Reading) -> Breach:
    cause = evidence.contract.causes["insufficient-balance"]
    return evidence.breach(
        reading, f"a refusal with {' or '.join(sorted(cause.codes))}", reading.told(),
        "an account can be overdrawn", cause.basis, cause="insufficient-balance",
    )


RULE = Rule(
    id="ledger-balances", group="money",
    title="Nobody pays more than the account holds.",
    judge=judge,
)
