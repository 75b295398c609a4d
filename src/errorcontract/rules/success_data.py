"""A success holds the values that the documents promise: what the operation returns, a balance that is a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from errorcontract.model import Outcome, number_of
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_REQUIRED = re.compile(r'"(.+)" is a required property')
_ACCEPTED, _NOT_MODIFIED = 202, 304


def judge(evidence: Evidence) -> Judgement:
    """Breach for each accepted good request whose answer lacks a promised value or has another."""
    for reading in evidence.answered:
        promise = reading.step.promise
        judged = isinstance(reading.json, dict) or promise.shape is not None
        if promise.outcome is not Outcome.ACCEPTED or not reading.accepted or not judged:
            continue
        wrong = next(_beside_the_envelope(evidence, reading), None)
        if wrong is None:
            yield KEPT
            continue
        pointer, expected, observed = wrong
        yield evidence.breach(
            reading,
            f"{pointer}: {expected}",
            f"{pointer}: {observed}",
            f"{pointer} of a success is {observed}",
            promise.basis,
            operation=reading.operation,
            cause=pointer,
        )


def _beside_the_envelope(evidence: Evidence, reading: Reading) -> Iterator[tuple[str, str, str]]:
    """What is wrong, save what is missing or wrong in the envelope already, of which another rule tells."""
    for pointer, expected, observed in _wrong(evidence, reading):
        body = reading.json if isinstance(reading.json, dict) else {}
        broken = filter(None, (_place(*problem) for problem in evidence.envelope.problems("success", body)))
        if not any(f"{pointer}/".startswith(f"{place}/") for place in broken):
            yield pointer, expected, observed


def _place(place: str, message: str) -> str:
    """Where a problem is: of a member that is missing, where it should be."""
    missing = _REQUIRED.fullmatch(message)
    return f"{place}/{missing[1]}" if missing else place


def _wrong(evidence: Evidence, reading: Reading) -> Iterator[tuple[str, str, str]]:
    if isinstance(reading.json, dict):
        yield from _wrong_data(evidence, reading)
    shape = reading.step.promise.shape
    if shape is not None and reading.status != _NOT_MODIFIED:
        for place, message in evidence.shape_problems(shape, _whole(reading)):
            yield _place(place, message), "as promised", "missing" if _REQUIRED.fullmatch(message) else message


def _whole(reading: Reading) -> dict[str, Any]:
    """The answer as the shapes of a contract see it."""
    body = {} if reading.json is MISSING else {"body": reading.json}
    return {"status": reading.status, "headers": {name.lower(): value for name, value in reading.headers}, **body}


def _wrong_data(evidence: Evidence, reading: Reading) -> Iterator[tuple[str, str, str]]:
    for pointer, value in reading.step.promise.answers.items():
        if reading.at(pointer) != value and not _claimed(evidence, reading, pointer):
            yield pointer, repr(value), _shown(reading.at(pointer))
    operation = evidence.contract.operations[str(reading.operation)]
    of_refusals = evidence.contract.pointers.details
    promised = (pointer for name, pointer in operation.returns.items() if name not in operation.unpromised)
    for pointer in promised:
        if not pointer.startswith(of_refusals) and reading.at(pointer) in (MISSING, None, ""):
            yield pointer, "a value", _shown(reading.at(pointer))
    for place, message in evidence.answer_problems(operation, reading.json):
        yield _place(place, message), "as documented", "missing" if _REQUIRED.fullmatch(message) else message
    ledger = evidence.contract.ledger
    if ledger and reading.operation == ledger.operation and number_of(reading.at(ledger.pointer)) is None:
        yield ledger.pointer, "a number", _shown(reading.at(ledger.pointer))


def _claimed(evidence: Evidence, reading: Reading, pointer: str) -> bool:
    """Whether a 202 claims a success there, of which another rule tells."""
    promised = evidence.contract.http.accepted
    told = str(reading.at(pointer)).casefold()
    return (
        promised is not None
        and (reading.status, pointer) == (_ACCEPTED, promised.pointer)
        and told in {claim.casefold() for claim in promised.never}
    )


def _shown(value: Any) -> str:
    return "missing" if value is MISSING else repr(value)[:80]


RULE = Rule(
    id="success-data",
    group="input",
    title="A success answers what was promised of it.",
    judge=judge,
)
