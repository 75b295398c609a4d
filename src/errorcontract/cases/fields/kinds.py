"""The cases of all fields, or of those of some kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from errorcontract.cases.fields.hostile import hostile, missing, unknown
from errorcontract.cases.fields.large_body import in_a_large_body
from errorcontract.cases.fields.other_requests import in_other_requests
from errorcontract.cases.kit import Kit
from errorcontract.cases.watched import watched
from errorcontract.model import Case, Field, Operation


def cases(kit: Kit) -> Iterator[Case]:
    """One value changed in an otherwise good request, of every operation and field."""
    for operation, field, before in _places(kit):
        yield from _of_field(kit, operation, field, before)


def of_kinds(kit: Kit, family: str, kinds: set[str]) -> Iterator[Case]:
    """The cases of fields of some kinds.

    Where money could move, the most telling stand between two looks at the balance.
    """
    made: dict[str, list[Case]] = {}
    for operation, field, before in _places(kit):
        if field.kind in kinds:
            cases = [replace(case, family=family) for case in _of_field(kit, operation, field, before)]
            made.setdefault(operation.id, []).extend(cases)
    for name, cases in made.items():
        counted = kinds & {"amount", "count"}
        operation = kit.contract.operations[name]
        yield from watched(kit, operation, family, cases, kinds=True) if counted else cases


def _places(kit: Kit) -> Iterator[tuple[Operation, Field, int]]:
    """Every field with the number of fields of its kind before it; those of operations that cost money come first."""
    before: Counter[str] = Counter()
    for operation in sorted(kit.contract.operations.values(), key=lambda one: one.effect != "charge"):
        for field in operation.fields:
            kind = "path" if field.where == "path" else field.kind  # look-ups are alike, whatever they look for
            yield operation, field, before[kind]
            before[kind] += 1


def _of_field(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
    yield from hostile(kit, operation, field, before)
    yield from unknown(kit, operation, field, before)
    yield from missing(kit, operation, field, before)
    yield from in_other_requests(kit, operation, field, before)
    yield from in_a_large_body(kit, operation, field, before)
