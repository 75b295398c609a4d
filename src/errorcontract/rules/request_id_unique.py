"""No two answers of a whole run share a request id."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each id that an earlier exchange of the run had. An id that the caller brought is its own."""
    promised = evidence.contract.request_id
    if promised is None:
        return
    for reading in evidence.answered:
        if not isinstance(reading.request_id, str) or not reading.request_id or reading.from_caller:
            continue
        number = reading.exchange.number
        first = evidence.memory.first_use(reading.request_id, number)
        if first == number:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                "an id of its own",
                f"{reading.request_id[:80]}, which exchange {first} had before",
                "a request id came twice",
                promised.on_errors,
            )


RULE = Rule(
    id="request-id-unique",
    group="request id",
    title="No two answers of a run share a request id.",
    judge=judge,
    sends=60,
)
