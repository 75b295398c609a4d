"""Each fault of the reference API is found by the rule that it names."""

from __future__ import annotations

import pytest

from errorcontract.cases import families
from errorcontract.fixtures.reference_api import load

FIELDS = ("phone", "amount", "count", "choice", "identifier", "text")
ASKED_FIRST = {
    "invalid-input-rejected": FIELDS,
    "rejection-names-field": FIELDS,
    "no-server-error": ("bodies", *FIELDS),
    "json-body": ("bodies",),
    "ledger-balances": ("money",),
    "rejection-stable": ("stability",),
    "credentials-checked": ("credentials",),
    "credentials-required": ("credentials",),
    "original-found": ("references",),
    "duplicate-race": ("races",),
    "hint-valid": ("burst",),
    "limit-enforced": ("burst",),
    "limit-recovers": ("burst",),
    "lock-out": ("lock-out",),
    "attempts-count-down": ("lock-out",),
}
"""Families that show most breaches of a rule, to save time: if they don't, all are asked, in the order of the plugin."""

OTHERWISE_FIRST = ("success", "routes", "recipes", "credentials", "bodies")


@pytest.mark.parametrize("fault", load("oneclickdz").faults, ids=lambda fault: fault.name)
def test_a_fault_is_found_by_the_rule_it_names(findings_on, fault):
    seen = []
    for names in (ASKED_FIRST.get(fault.rule, OTHERWISE_FIRST), families()):
        for finding in findings_on(f"fault {fault.name}", names):
            seen.append((finding.rule, finding.operation, finding.cause))
            if finding.rule == fault.rule:
                assert finding.severity == fault.severity
                return
    pytest.fail(f"not found by {fault.rule}; found instead: {seen}")
