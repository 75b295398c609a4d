"""The success flag is true on a success, false on an error, and always there."""

from __future__ import annotations

import json

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the flag is missing, no boolean, or says the opposite of the status."""
    pointer = evidence.contract.pointers.success
    for reading in evidence.answered:
        if pointer is None or not reading.has_content or not isinstance(reading.json, dict):
            continue
        expected = not reading.is_error
        if reading.success is expected:
            yield KEPT
            continue
        observed = "no flag" if reading.success is MISSING else json.dumps(reading.success, ensure_ascii=False)
        yield evidence.breach(
            reading,
            f"{pointer} is {json.dumps(expected)}",
            f"{observed} with status {reading.status}",
            f"the success flag of a {reading.status} answer is {observed}",
            evidence.contract.envelope_basis,
            code=reading.code,
            status=reading.status,
            operation=None if reading.is_error else reading.operation,
        )


RULE = Rule(
    id="success-flag",
    group="envelope",
    title="The success flag tells the truth.",
    judge=judge,
)
