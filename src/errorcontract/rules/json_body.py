"""Every answer is JSON: those of the framework, of a proxy and of a crash too."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each success or error whose body does not parse as UTF-8 JSON (RFC 8259)."""
    for reading in evidence.answered:
        if not reading.has_content:
            continue
        if reading.json is not MISSING:
            yield KEPT
            continue
        kind = reading.exchange.response.header("Content-Type") if reading.exchange.response else None
        yield evidence.breach(
            reading,
            "a JSON body in the envelope",
            f"{reading.status} with a body that is not JSON ({kind or 'no Content-Type'})",
            f"a {reading.status} answer is not JSON",
            evidence.contract.envelope_basis,
            status=reading.status,
        )


RULE = Rule(
    id="json-body",
    group="envelope",
    title="Every answer is JSON, whoever in front of the API wrote it.",
    judge=judge,
)
