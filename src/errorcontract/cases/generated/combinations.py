"""Two values at a time out of the prepared tables, drawn from the seed: what one bad value alone does not show."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from errorcontract.cases.fields import good_value, hostile_promise
from errorcontract.cases.kit import Kit
from errorcontract.cases.meant import UNSENDABLE, beside_a_body
from errorcontract.cases.promises import either
from errorcontract.cases.tables import rows
from errorcontract.model import Case, Field, Operation, Outcome, Promise

REQUESTS = 800
_BESIDE = {"body", "query"}


def concerns(operation: Operation) -> bool:
    """Whether it has two fields that can be wrong at once."""
    return len(_fields(operation)) > 1


def stream(kit: Kit, operation: str) -> Iterator[Case]:
    """Cases without end, the same for the same seed."""
    described = kit.contract.operations[operation]
    chance = random.Random(f"{kit.seed}-{operation}")  # noqa: S311 - repeatable is what it must be
    pairs = list(combinations(_fields(described), 2))
    values = {field.place: _values(kit, described, field) for field in _fields(described)}
    while True:
        drawn = [(field, *chance.choice(values[field.place])) for field in chance.choice(pairs)]
        yield _case(kit, described, drawn)


def _fields(operation: Operation) -> list[Field]:
    return [field for field in operation.fields if field.where in _BESIDE and not _is_bare_reference(operation, field)]


def _is_bare_reference(operation: Operation, field: Field) -> bool:
    """Whether any text will do for it, so that two combinations would share it; one with a form can be wrong itself."""
    return operation.reference == field.place and field.kind == "reference"


def _values(kit: Kit, operation: Operation, field: Field) -> list[tuple[Any, Promise]]:
    prepared = rows(good_value(kit, operation, field), field)
    sent = [(kind, value if field.where == "body" else beside_a_body(field, value)) for kind, value in prepared]
    kept = [(kind, value) for kind, value in sent if value is not UNSENDABLE]
    return [(value, hostile_promise(kit, field, kind, value)) for kind, value in kept]


def _case(kit: Kit, operation: Operation, drawn: list[tuple[Field, Any, Promise]]) -> Case:
    promise = _promise([promise for _, _, promise in drawn])
    change = {field.place: value for field, value, _ in drawn}
    variant = ", ".join(f"{field.name} {value!r}"[:60] for field, value, _ in drawn)
    return kit.single(
        "combinations",
        operation.id,
        variant,
        lambda: kit.build.request(operation.id, change=change),
        promise,
        cause=promise.cause,
        generated=True,
    )


def _promise(promises: list[Promise]) -> Promise:
    """A refusal if one of the values must be refused, with a code of either; else nothing is promised."""
    refused = [promise for promise in promises if promise.outcome is Outcome.REJECTED]
    if not refused:
        return either("combined-values")
    causes = [str(promise.cause).partition("/")[0] for promise in refused]
    return replace(
        refused[0],
        cause=f"{causes[0]}/combined",
        field_name=None,
        field_names=(),
        affordable=False,
        codes=frozenset().union(*(promise.codes for promise in promises))
        if all(promise.codes for promise in promises)
        else frozenset(),
        statuses=frozenset(),
    )
