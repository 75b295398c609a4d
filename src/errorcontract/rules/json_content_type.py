"""A JSON answer says that it is JSON in its Content-Type (RFC 9110 section 8.3)."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each JSON body whose media type is neither application/json nor one with +json.

    Errors have one of the contract's own media types, where it names some.
    """
    for reading in evidence.answered:
        if not reading.has_content or reading.json is MISSING or reading.response is None:
            continue
        kind = (reading.response.header("Content-Type") or "").partition(";")[0].strip().lower()
        named = evidence.contract.media_types if reading.is_error else frozenset()
        if kind in named if named else kind == "application/json" or kind.endswith("+json"):
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                f"Content-Type: {' or '.join(sorted(named)) or 'application/json'}",
                f"Content-Type: {kind or '(none)'}",
                f"a JSON answer with status {reading.status} is announced as {kind or 'nothing'}",
                evidence.contract.envelope_basis,
                status=reading.status,
            )


RULE = Rule(
    id="json-content-type",
    group="http",
    title="A JSON answer says that it is JSON.",
    judge=judge,
)
