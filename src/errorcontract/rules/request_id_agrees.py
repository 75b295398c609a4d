"""Where a request id stands in a header and in the body, both are the same."""

from __future__ import annotations

from errorcontract.model import first_header
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the two differ. An answer with only one, or a header that repeats the request's, is not judged."""
    promised = evidence.contract.request_id
    if promised is None or promised.header is None or promised.header_basis is None:
        return
    for reading in evidence.answered:
        header = first_header(reading.headers, promised.header)
        brought = reading.exchange.request.header(promised.header)
        if header in (None, brought) or not isinstance(reading.request_id, str):
            continue
        if header == reading.request_id:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                f"{promised.header}: {reading.request_id[:80]}",
                f"{promised.header}: {header[:80]}",
                "the request id of the header is not that of the body",
                promised.header_basis,
            )


RULE = Rule(
    id="request-id-agrees",
    group="request id",
    title="Header and body name the same request id.",
    judge=judge,
)
