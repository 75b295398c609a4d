"""A Retry-After is a whole number of seconds or an HTTP date (RFC 9110 section 10.2.3)."""

from __future__ import annotations

from errorcontract.model import first_header
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.hint import date, is_seconds
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each Retry-After of another form."""
    for reading in evidence.answered:
        hint = first_header(reading.headers, "Retry-After")
        if hint is None:
            continue
        if is_seconds(hint.strip()) or (hint.isascii() and date(hint)):
            yield KEPT
        else:
            limit = evidence.contract.rate_limit
            yield evidence.breach(
                reading,
                "seconds or an HTTP date",
                f"Retry-After: {hint[:80]}",
                "a Retry-After can't be read",
                limit.basis if limit else evidence.contract.envelope_basis,
                code=reading.code,
                status=reading.status,
            )


RULE = Rule(
    id="hint-valid",
    group="retry",
    title="A hint to retry can be read.",
    judge=judge,
)
