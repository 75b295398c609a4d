"""An error that must never be sent again, or only after a change, gives no hint to send it again."""

from __future__ import annotations

from errorcontract.model import RetryClass, first_header
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_NEVER = {RetryClass.NEVER, RetryClass.AFTER_CHANGE}
_MAY_TELL = {429, 503}
"""Statuses with which a server may always tell a wait (RFC 6585 section 4, RFC 9110 section 15.6.4)."""


def judge(evidence: Evidence) -> Judgement:
    """Breach for each Retry-After, and each delay in a body, on a code of the retry class `never` or `after-change`."""
    for reading in evidence.answered:
        code = evidence.contract.codes.get(reading.code or "")
        if code is None or code.retry not in _NEVER or reading.status in _MAY_TELL:
            continue
        hint = _hint(evidence, reading)
        if hint is None:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                "no hint to retry",
                hint,
                f"{code.code} must not be retried, yet hints at it",
                code.basis,
                code=code.code,
                status=reading.status,
            )


def _hint(evidence: Evidence, reading: Reading) -> str | None:
    header, delay = first_header(reading.headers, "Retry-After"), evidence.contract.errors.delay
    if header is not None:
        return f"Retry-After: {header[:80]}"
    told = reading.at(delay.pointer) if delay else None
    return None if delay is None or told in (None, MISSING) else f"{delay.pointer}: {told!r}"[:120]


RULE = Rule(
    id="hint-absent-on-never",
    group="retry",
    title="No hint to retry what must not be retried.",
    judge=judge,
)
