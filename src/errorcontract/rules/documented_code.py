"""A documented cause is answered with a code of the catalogue."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each rejection of a cause with documented codes whose code no document names.

    Size comes before any cause. A catalogue that is no closed set says nothing of other codes.
    """
    catalogue = evidence.contract.codes
    if evidence.contract.codes_open:
        return
    for reading in evidence.answered:
        promise = reading.step.promise
        if not promise.codes or not reading.rejected or reading.code is None or reading.too_large:
            continue
        if reading.code in catalogue:
            yield KEPT
            continue
        yield evidence.breach(
            reading,
            " or ".join(sorted(promise.codes)),
            reading.told(),
            f"the code {reading.code!r} is not documented",
            promise.basis,
            code=reading.code,
            status=reading.status,
        )


RULE = Rule(
    id="documented-code",
    group="codes",
    title="Every code is one of the catalogue.",
    judge=judge,
)
