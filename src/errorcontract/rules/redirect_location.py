"""A redirect says where to (RFC 9110 section 15.4)."""

from __future__ import annotations

from errorcontract.model import first_header
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.http import is_address
from errorcontract.rules.rule import KEPT, Judgement, Rule

_ELSEWHERE = frozenset({301, 302, 303, 307, 308})


def judge(evidence: Evidence) -> Judgement:
    """Breach for each redirect without a Location that is a URL."""
    basis = evidence.contract.http.redirect_location
    for reading in evidence.answered:
        if basis is None or reading.status not in _ELSEWHERE:
            continue
        location = first_header(reading.headers, "Location")
        if is_address(location):
            yield KEPT
            continue
        yield evidence.breach(
            reading,
            "a Location with a URL",
            "no Location" if location is None else f"Location: {location[:80]}",
            f"a {reading.status} does not say where to",
            basis,
            operation=reading.operation,
            status=reading.status,
        )


RULE = Rule(
    id="redirect-location",
    group="http",
    title="A redirect says where to.",
    judge=judge,
)
