"""Each fault of the reference API is found by the rule that it names."""

from __future__ import annotations

import pytest
from errorcontract.fixtures.reference_api import CONTRACTS, load

from errorcontract.cases import families

from .conftest import SWEEP

FIELDS = ("phone", "amount", "count", "choice", "identifier", "text")
ASKED_FIRST = {
    "invalid-input-rejected": FIELDS,
    "rejection-names-field": FIELDS,
    "no-server-error": ("bodies", *FIELDS),
    "json-body": ("bodies",),
    "ledger-balances": ("money", "races", "overdraft"),
    "limit-at-once": ("limited",),
    "rejection-stable": ("stability",),
    "credentials-checked": ("credentials",),
    "credentials-required": ("credentials",),
    "original-found": ("references",),
    "reference-exact": ("references",),
    "reference-not-consumed": ("references",),
    "duplicate-rejected": ("references",),
    "rejected-leaves-no-trace": ("recipes", "references", "watched-refusals"),
    "duplicate-race": ("races",),
    "ledger-agrees": ("ledger", "overdraft", "poverty"),
    "code-across-languages": ("languages",),
    "message-language": ("recipes", "languages"),
    "all-violations-reported": ("violations", "recipes"),
    "gone-stays-gone": ("gone",),
    "existence-hidden": ("hiding",),
    "hint-valid": ("burst",),
    "hint-agrees": ("burst",),
    "limit-enforced": ("burst",),
    "limit-recovers": ("burst",),
    "lock-out": ("lock-out",),
    "attempts-count-down": ("lock-out",),
}
"""Families that show most breaches of a rule, to save time: if they don't, all are asked in the plugin's order."""

OTHERWISE_FIRST = ("success", "routes", "recipes", "credentials", "bodies")
FIRST_BUDGET = 150
DRAWN = {"ledger-agrees"}
"""What only sequences show, which a budget leaves out."""
LAST = ("overdraft", "burst", "lock-out")  # after an empty account no order tells anything
EVERY = [*(name for name in families() if name not in LAST), *LAST]


EVERY_FAULT = [(name, fault) for name in CONTRACTS for fault in load(name).faults]
ONE_OF_EACH = {(fault.rule, fault.severity): (name, fault) for name, fault in reversed(EVERY_FAULT)}
"""A fault for each rule and severity, which stands for the others where no sweep is asked for."""

FAULTS = [
    pytest.param(name, fault, id=f"{name}-{fault.name}")
    for name, fault in (EVERY_FAULT if SWEEP else ONE_OF_EACH.values())
]


@pytest.mark.parametrize(("contract", "fault"), FAULTS)
def test_a_fault_is_found_by_the_rule_it_names(findings_on, contract, fault):
    seen = []
    first = None if fault.rule in DRAWN else FIRST_BUDGET
    for names, budget in ((ASKED_FIRST.get(fault.rule, OTHERWISE_FIRST), first), (EVERY, None)):
        for finding in findings_on(contract, f"fault {fault.name}", names, budget=budget):
            seen.append((finding.rule, str(finding.severity), finding.operation, finding.cause))
            if (finding.rule, finding.severity) == (fault.rule, fault.severity):
                return
    pytest.fail(f"not found as {fault.severity} by {fault.rule}; found instead: {seen}")
