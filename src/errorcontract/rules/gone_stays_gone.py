"""What is gone for good stays gone, and was deleted in the past."""

from __future__ import annotations

from datetime import UTC

from errorcontract.model import Basis, Gone, Provenance
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.moment import clocks, moment
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_GONE, _NOT_FOUND = 410, 404
_AS_GET = Basis(provenance=Provenance.STANDARD, source="RFC 9110, 9.3.2, HEAD is answered like GET")
_GRACE = 60.0  # seconds: two clocks
_ANY_ZONE = 15 * 3600.0  # a time without a zone may be anyone's


def judge(evidence: Evidence) -> Judgement:
    """Breach for a 410 that tells no past time of its deletion where one stands there, and for one that comes back."""
    gone = evidence.contract.http.gone
    if gone is None:
        return
    for reading in evidence.answered:
        if reading.status == _GONE:
            yield from _in_the_past(evidence, reading, gone)
    first = evidence.step("test")
    if evidence.about != "gone" or first is None or first.status != _GONE:
        return
    for reading in evidence.answered:
        if reading.step.name.startswith("again"):
            yield from _still(evidence, reading, gone)
    if head := evidence.step("head"):
        yield from _by_head(evidence, head)


def _in_the_past(evidence: Evidence, reading: Reading, gone: Gone) -> Judgement:
    told = reading.at(gone.deleted_at)
    if told is MISSING or told is None:
        return
    deleted, answered = _seconds(told), clocks(reading)[1] + reading.exchange.seconds
    if deleted is not None and deleted <= answered + _GRACE:
        yield KEPT
        return
    yield evidence.breach(
        reading,
        "a time before that of the answer",
        f"{gone.deleted_at}: {str(told)[:80]}",
        "the time of a deletion can't be read" if deleted is None else "a deletion lies in the future",
        gone.basis,
        operation=reading.operation,
        cause="time of the deletion",
    )


def _seconds(told: object) -> float | None:
    """A time in seconds since the epoch; one without a zone as early as it can be meant. None for what is no time."""
    said = moment(told) if isinstance(told, str) else None
    if said is None:
        return None
    return said.timestamp() if said.tzinfo else said.replace(tzinfo=UTC).timestamp() - _ANY_ZONE


def _still(evidence: Evidence, reading: Reading, gone: Gone) -> Judgement:
    if reading.status == _GONE:
        yield KEPT
    elif (reading.accepted or reading.rejected or reading.redirects) and not reading.passing:
        yield evidence.breach(
            reading,
            "410 again",
            reading.told(),
            f"what was gone for good is answered with {reading.status} later",
            gone.basis,
            operation=reading.operation,
            cause="gone",
        )


def _by_head(evidence: Evidence, head: Reading) -> Judgement:
    """What is gone for GET is neither there nor unknown for HEAD; a target may not know HEAD at all."""
    if head.status == _GONE:
        yield KEPT
    elif head.accepted or head.status == _NOT_FOUND:
        yield evidence.breach(
            head,
            "410 as for GET",
            str(head.status),
            f"what is gone for good is answered with {head.status} by HEAD",
            _AS_GET,
            operation=head.operation,
            cause="gone, by HEAD",
        )


RULE = Rule(
    id="gone-stays-gone",
    group="http",
    title="What is gone for good stays gone.",
    judge=judge,
    story=True,
)
