"""Wherever a request id stands, in a header or in several places of the body, it is the same."""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.model import Breach, RequestId, first_header
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where two differ. An answer with only one, or a header that repeats the request's, is not judged."""
    promised = evidence.contract.request_id
    if promised is None:
        return
    for reading in evidence.answered:
        yield from _in_body(evidence, reading, promised)
        yield from _in_header(evidence, reading, promised)


def _in_header(evidence: Evidence, reading: Reading, promised: RequestId) -> Iterator[Breach | None]:
    if promised.header is None or promised.header_basis is None:
        return
    header = first_header(reading.headers, promised.header)
    brought = reading.exchange.request.header(promised.header)
    if header in (None, brought) or not isinstance(reading.request_id, str):
        return
    if header == reading.request_id:
        yield KEPT
    else:
        yield evidence.breach(
            reading,
            f"{promised.header}: {reading.request_id[:80]}",
            f"{promised.header}: {str(header)[:80]}",
            "the request id of the header is not that of the body",
            promised.header_basis,
        )


def _in_body(evidence: Evidence, reading: Reading, promised: RequestId) -> Iterator[Breach | None]:
    pointers = evidence.contract.pointers.request_id
    told = [(pointer, value) for pointer in pointers if isinstance(value := reading.at(pointer), str) and value]
    if len(told) < 2:  # noqa: PLR2004 - one alone agrees with nothing
        return
    first, other = told[0], next((one for one in told if one[1] != told[0][1]), None)
    if other is None:
        yield KEPT
    else:
        yield evidence.breach(
            reading,
            f"{other[0]}: {first[1][:80]}, as at {first[0]}",
            f"{other[0]}: {other[1][:80]}",
            "the body tells two request ids",
            promised.on_errors if reading.is_error else promised.on_success,
            cause="two in the body",
        )


RULE = Rule(
    id="request-id-agrees",
    group="request id",
    title="A request id is the same wherever it stands.",
    judge=judge,
)
