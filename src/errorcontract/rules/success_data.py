"""A success holds the values that the documents promise: what the operation returns, a balance that is a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.model import Outcome
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each accepted good request whose answer lacks a promised value or has another."""
    for reading in evidence.answered:
        promise = reading.step.promise
        if promise.outcome is not Outcome.ACCEPTED or not reading.accepted or not isinstance(reading.json, dict):
            continue
        wrong = next(_wrong(evidence, reading), None)
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


def _wrong(evidence: Evidence, reading: Reading) -> Iterator[tuple[str, str, str]]:
    for pointer, value in reading.step.promise.answers.items():
        if reading.at(pointer) != value:
            yield pointer, repr(value), _shown(reading.at(pointer))
    operation = evidence.contract.operations[str(reading.operation)]
    for pointer in operation.returns.values():
        if reading.at(pointer) in (MISSING, None, ""):
            yield pointer, "a value", _shown(reading.at(pointer))
    for place, message in evidence.answer_problems(operation, reading.json):
        yield place, "as documented", message
    ledger = evidence.contract.ledger
    if ledger and reading.operation == ledger.operation and not _is_number(reading.at(ledger.pointer)):
        yield ledger.pointer, "a number", _shown(reading.at(ledger.pointer))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    return "missing" if value is MISSING else repr(value)[:80]


RULE = Rule(
    id="success-data",
    group="input",
    title="A success answers what was promised of it.",
    judge=judge,
)
