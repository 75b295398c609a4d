"""What is gone for good stays gone, and was deleted in the past."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from errorcontract.model import Basis, Gone, Provenance, first_header, http_date
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_GONE, _NOT_FOUND = 410, 404
_AS_GET = Basis(provenance=Provenance.STANDARD, source="RFC 9110, 9.3.2, HEAD is answered like GET")
_GRACE = timedelta(seconds=60)  # two clocks
_ANY_ZONE = timedelta(hours=15)  # a time without a zone may be anyone's


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
    moment, now = _moment(told), _now(reading)
    if moment is not None and moment <= now:
        yield KEPT
        return
    yield evidence.breach(
        reading,
        f"a time before {now.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        f"{gone.deleted_at}: {str(told)[:80]}",
        "the time of a deletion can't be read" if moment is None else "a deletion lies in the future",
        gone.basis,
        operation=reading.operation,
        cause="time of the deletion",
    )


def _moment(told: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(told) if isinstance(told, str) else None
        if moment is None or moment.tzinfo:
            return moment and moment.astimezone(UTC)
        return moment.replace(tzinfo=UTC) - _ANY_ZONE
    except (ValueError, OverflowError):
        return None


def _now(reading: Reading) -> datetime:
    """When it was answered, by the target's clock where it tells one."""
    said = http_date(first_header(reading.headers, "Date") or "")
    ours = datetime.fromtimestamp(reading.exchange.started + reading.exchange.seconds, UTC)
    try:
        return (said.astimezone(UTC) if said else ours) + _GRACE
    except OverflowError:
        return ours + _GRACE


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
