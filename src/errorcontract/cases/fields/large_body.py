"""A hostile value in a body that white space makes large; some systems check small ones only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from errorcontract.cases.fields.case import case_of
from errorcontract.cases.fields.held import good_value
from errorcontract.cases.fields.promise import hostile_promise
from errorcontract.cases.kit import Kit
from errorcontract.cases.tables import rows
from errorcontract.model import Answers, Case, Field, Operation, Outcome, Request, Step

_LARGE_TELLS = {"phone": 80, "amount": 68, "count": 66}
_LARGE = 70_000
"""Bytes: more than a buffer of 64 KB, less than what servers refuse at once."""


def in_a_large_body(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
    """The first hostile value of a field in a body that white space makes large; some systems check small ones only."""
    if field.where != "body" or field.kind not in _LARGE_TELLS or operation.effect == "read":
        return
    kind, value = next(rows(good_value(kit, operation, field), field))
    promise = hostile_promise(kit, field, kind, value)
    if promise.outcome is Outcome.REJECTED:
        tells = _LARGE_TELLS[field.kind] - 6 * before
        case = case_of(kit, operation, field, f"{kind} in a large body", value, promise, tells)
        yield replace(case, steps=(replace(case.steps[0], make=partial(_padded, case.steps[0])),))


def _padded(step: Step, answers: Answers) -> Request | None:
    request = step.make(answers)
    return request and replace(request, body=(request.body or b"")[:-1] + b" " * _LARGE + b"}")
