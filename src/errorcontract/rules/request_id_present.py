"""Every error carries a request id, so that support can find it; successes too where that is documented."""

from __future__ import annotations

from errorcontract.model import Provenance
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each envelope without a request id, where the contract promises one."""
    promised = evidence.contract.request_id
    if promised is None:
        return
    for reading in evidence.answered:
        basis = promised.on_errors if reading.is_error else promised.on_success
        if not reading.has_content or not isinstance(reading.json, dict) or basis.provenance is Provenance.UNSPECIFIED:
            continue
        if reading.request_id in (MISSING, None, ""):
            yield evidence.breach(
                reading,
                f"a request id at {' or '.join(evidence.contract.pointers.request_id)}",
                "none",
                f"no request id on {reading.told()}",
                basis,
                code=reading.code,
                status=reading.status,
            )
        else:
            yield KEPT


RULE = Rule(
    id="request-id-present",
    group="request id",
    title="Every error carries a request id.",
    judge=judge,
)
