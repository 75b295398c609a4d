"""Each fault of the reference API is found by the rule that it names."""

from __future__ import annotations

import pytest

from errorcontract.fixtures.reference_api import load

PREPARED = (
    "success", "routes", "recipes", "credentials", "races", "references", "stability", "fields", "bodies", "negotiation", "money",
)
"""The families that cost least come first: a run ends with the first finding of the rule that is meant."""

ASKED_FIRST = {
    "invalid-input-rejected": "fields",
    "no-server-error": "fields",
    "no-internals": "bodies",
    "json-body": "bodies",
    "rejected-leaves-no-trace": "money",
    "ledger-balances": "money",
    "hint-valid": "burst",
    "limit-enforced": "burst",
    "limit-recovers": "burst",
    "lock-out": "lock-out",
    "attempts-count-down": "lock-out",
}
"""Where the rule alone tells which family shows the fault at once; the others are asked if it does not."""

FAULTS = load("oneclickdz").faults


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_found_by_the_rule_it_names(findings_on, fault):
    first = ASKED_FIRST.get(fault.rule)
    order = [first, *(name for name in PREPARED if name != first)] if first else PREPARED
    seen = []
    for finding in findings_on(f"fault {fault.name}", order):
        seen.append(finding)
        if finding.rule == fault.rule:
            break
    found = [finding for finding in seen if finding.rule == fault.rule]
    assert found, f"found instead: {[(finding.rule, finding.operation, finding.cause) for finding in seen]}"
    assert found[0].severity == fault.severity
