"""No answer repeats the credential of its request, in no header and no body."""

from __future__ import annotations

from errorcontract.model import HIDDEN, Credentials
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each answer that holds the credential, save where the contract says that an operation shows it."""
    means = evidence.contract.credentials
    if means is None:
        return
    for reading in evidence.answered:
        place = _place(reading, _needles(reading, means))
        if place is None:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                "no credential in any answer",
                f"a credential in {place}",
                f"a credential is repeated in {place}",
                evidence.contract.envelope_basis,
                cause=place,
                **_where(reading, place),
            )


def _where(reading: Reading, place: str) -> dict[str, str | int | None]:
    """A header is one defect on every answer; a body is written anew for each code."""
    return {"code": reading.code, "status": reading.status} if place == "the body" else {}


def _needles(reading: Reading, means: Credentials) -> list[str]:
    sent = reading.exchange.request.header(means.header) or ""
    value = sent.removeprefix(means.template.partition("{token}")[0])
    return [HIDDEN] if not value or "${" in value else [HIDDEN, value]


def _place(reading: Reading, needles: list[str]) -> str | None:
    for name, value in reading.headers:
        if any(needle in value for needle in needles):
            return f"the header {name}"
    body = reading.response.body.decode("utf-8", "replace") if reading.response else ""
    if not any(needle in body for needle in needles):
        return None
    shown = [pointer for operation, pointer in _shown_by(reading) if operation == reading.operation]
    allowed = sum(str(reading.at(pointer)).count(needle) for pointer in shown for needle in needles)
    return "the body" if sum(body.count(needle) for needle in needles) > allowed else None


def _shown_by(reading: Reading) -> tuple[tuple[str, str], ...]:
    return reading.contract.credentials.echoed_by if reading.contract.credentials else ()


RULE = Rule(
    id="secret-not-echoed",
    group="credentials",
    title="No answer repeats a credential.",
    judge=judge,
)
