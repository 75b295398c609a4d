"""A refusal for which a hint to wait is promised has one, in a header or in the body."""

from __future__ import annotations

from errorcontract.model import first_header
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each answer of a promised code or status without any hint. Whether it can be read, others ask."""
    promised = evidence.contract.errors.hint_promised
    if promised is None:
        return
    for reading in evidence.answered:
        if not reading.is_error or not (reading.code in promised.codes or reading.status in promised.statuses):
            continue
        if first_header(reading.headers, "Retry-After") is not None or _in_body(evidence, reading):
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                "a hint when to send again",
                "none",
                f"{reading.told()} does not say how long to wait",
                promised.basis,
                code=reading.code,
                status=reading.status,
            )


def _in_body(evidence: Evidence, reading: Reading) -> bool:
    delay = evidence.contract.errors.delay
    return delay is not None and reading.at(delay.pointer) not in (MISSING, None)


RULE = Rule(
    id="hint-present-where-promised",
    group="retry",
    title="A hint to retry is there where it is promised.",
    judge=judge,
)
