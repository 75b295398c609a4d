"""A refusal that must not tell how long to wait does not: no hint, and no number in its message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errorcontract.model import first_header
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each answer of these codes or statuses that tells a delay or a number."""
    withheld = evidence.contract.errors.hint_withheld
    if withheld is None:
        return
    for reading in evidence.answered:
        if not reading.is_error or not (reading.code in withheld.codes or reading.status in withheld.statuses):
            continue
        told = next(_told(evidence, reading), None)
        if told is None:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                "no delay and no number",
                told,
                f"{reading.told()} tells what is to be withheld",
                withheld.basis,
                code=reading.code,
                status=reading.status,
            )


def _told(evidence: Evidence, reading: Reading) -> Iterator[str]:
    header, delay = first_header(reading.headers, "Retry-After"), evidence.contract.errors.delay
    if header is not None:
        yield f"Retry-After: {header[:80]}"
    if delay is not None and (value := reading.at(delay.pointer)) not in (MISSING, None):
        yield f"{delay.pointer}: {value!r}"[:200]
    message = reading.first(evidence.contract.pointers.message)
    if isinstance(message, str) and re.search(r"\d", message):
        yield f"the message {message[:120]}"


RULE = Rule(
    id="hint-withheld",
    group="retry",
    title="A delay that is to be withheld is not told.",
    judge=judge,
)
