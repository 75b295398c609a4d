"""A hint to wait can be read.

A Retry-After is a whole number of seconds or an HTTP date in one of its three forms (RFC 9110 sections 10.2.3 and
5.6.7), a delay in the body is of the documented form.
"""

from __future__ import annotations

from typing import Any

from errorcontract.model import Basis, Breach, Delay, Provenance, first_header, http_date, is_http_date, is_seconds
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_OF_HEADER = Basis(provenance=Provenance.STANDARD, source="RFC 9110, 10.2.3, seconds or a date")
_OF_DATES = Basis(provenance=Provenance.STANDARD, source="RFC 9110, 5.6.7, the three forms of a date")
"""A date of another form may still be read by those who read mails: no more than a warning."""
_FORMS = {"seconds": "seconds as a number, zero or more", "duration": "a duration such as 30s or 0.5s"}


def judge(evidence: Evidence) -> Judgement:
    """Breach for each Retry-After and each delay in a body of another form."""
    delay = evidence.contract.errors.delay
    for reading in evidence.answered:
        hint = first_header(reading.headers, "Retry-After")
        if hint is not None:
            valid = is_seconds(hint.strip()) or is_http_date(hint.strip())
            yield KEPT if valid else _unread_header(evidence, reading, hint)
        told = reading.at(delay.pointer) if delay and reading.is_error else None
        if delay and told not in (MISSING, None):
            yield KEPT if delay.seconds(told) is not None else _unread_delay(evidence, reading, delay, told)


def _unread_header(evidence: Evidence, reading: Reading, hint: str) -> Breach:
    limit, is_date = evidence.contract.rate_limit, hint.isascii() and http_date(hint) is not None
    basis = limit.basis if limit else evidence.contract.envelope_basis
    basis = _OF_HEADER if basis.provenance is Provenance.UNSPECIFIED else basis
    return evidence.breach(
        reading,
        "seconds or an HTTP date",
        f"Retry-After: {hint[:80]}",
        "the date in a Retry-After is of no form of HTTP" if is_date else "a Retry-After can't be read",
        _OF_DATES if is_date else basis,
        cause="date" if is_date else None,
        code=reading.code,
        status=reading.status,
    )


def _unread_delay(evidence: Evidence, reading: Reading, delay: Delay, told: Any) -> Breach:
    return evidence.breach(
        reading,
        _FORMS[delay.form],
        f"{delay.pointer}: {told!r}"[:200],
        "a delay in the body can't be read",
        delay.basis,
        cause="delay in the body",
        code=reading.code,
        status=reading.status,
    )


RULE = Rule(
    id="hint-valid",
    group="retry",
    title="A hint to retry can be read.",
    judge=judge,
)
