"""Where both a header and the body name a wait, they name the same one."""

from __future__ import annotations

from errorcontract.model import Basis, Provenance
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.hint import in_body, in_header
from errorcontract.rules.rule import KEPT, Judgement, Rule

_ROUNDING, _SHARE = 2.0, 0.1
"""What two hints may differ by, in seconds and as a part of the longer: a header and a date know whole seconds only."""


def judge(evidence: Evidence) -> Judgement:
    """Breach for each error whose Retry-After and whose delay in the body are two waits. Both must be readable."""
    delay = evidence.contract.errors.delay
    if delay is None:
        return
    for reading in evidence.answered:
        header, body = in_header(reading), in_body(reading)
        if not reading.is_error or header is None or body is None:
            continue
        if abs(header - body) <= max(_ROUNDING, _SHARE * max(header, body)):
            yield KEPT
            continue
        yield evidence.breach(
            reading,
            "one wait in header and body",
            f"{header:g} s in Retry-After, {body:g} s at {delay.pointer}",
            "header and body ask for different waits",
            Basis(provenance=Provenance.INFERRED, source=f"{delay.basis.source}; an answer means one wait"),
            code=reading.code,
            status=reading.status,
        )


RULE = Rule(
    id="hint-agrees",
    group="retry",
    title="Hints of header and body agree.",
    judge=judge,
)
