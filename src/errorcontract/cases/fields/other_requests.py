"""Hostile values of a field in the other good requests that hold it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from errorcontract.cases.fields.case import case_of
from errorcontract.cases.fields.held import as_in, held_by, known_value
from errorcontract.cases.fields.promise import hostile_promise
from errorcontract.cases.kit import Kit
from errorcontract.cases.oracle import allowed
from errorcontract.cases.tables import rows
from errorcontract.model import Case, Field, Good, Operation

_BESIDE_BOUNDS = {"above the maximum": 80, "below the minimum": 71}


def in_other_requests(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
    """One value of each class in the other good requests that hold the field under the same schema or other bounds."""
    asked = {frozenset(operation.good[0].body or {})}  # other members often mean another way through the target
    for good in operation.good[1:]:
        known = known_value(kit, good, field)
        own = as_in(kit, good, field)
        if field.where != "body" or known is None or not allowed(own.schema, known):
            continue
        if field.kind == "phone":
            classes = list(_classes(known, own))
            members = frozenset(good.body or {})
            first = 40 if members in asked else max(66, 78 - 4 * len(asked) - 4 * before)
            asked.add(members)
            yield from _of_other_request(
                kit, operation, good, own, {kind: first if kind == classes[-1] else 36 for kind in classes}
            )
        elif own is not field:
            yield from _of_other_request(kit, operation, good, own, _BESIDE_BOUNDS)


def _of_other_request(
    kit: Kit, operation: Operation, good: Good, field: Field, tells: Mapping[str, int]
) -> Iterator[Case]:
    classes = _classes(kit.build.fill(held_by(good, field)), field)
    for kind, told in tells.items():
        if kind in classes:
            value = classes[kind]
            promise = hostile_promise(kit, field, kind, value)
            yield case_of(kit, operation, field, f"{kind} ({good.name})", value, promise, told, good)


def _classes(known: Any, field: Field) -> dict[str, Any]:
    """The first value of each class that is not allowed."""
    return {kind: value for kind, value in reversed(list(rows(known, field))) if not allowed(field.schema, value)}
