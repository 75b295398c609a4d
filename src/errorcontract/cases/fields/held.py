"""What a field holds in a good request, and what it may hold there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from errorcontract.cases.build import UnresolvedError, put
from errorcontract.cases.kit import Kit
from errorcontract.model import MISSING, Field, Good, Operation, expanded, number_of, resolve, with_bounds


def as_in(kit: Kit, good: Good, field: Field) -> Field:
    """The field with the bounds that it has in a good request."""
    own: dict[str, Any] = kit.build.fill(dict(good.bounds.get(field.place, {})))
    numbers: dict[str, Any] = {bound: number_of(value) for bound, value in own.items()}
    return replace(field, schema=with_bounds(field.schema, numbers), **numbers) if own else field


def is_price(good: Good, field: Field) -> bool:
    """Whether the amount in a good request is what it costs."""
    held, cost = held_by(good, field), number_of(good.cost)
    alike = good.cost == held or (cost is not None and cost == number_of(held))
    return field.kind == "amount" and good.cost is not None and alike


def with_amount(good: Good, field: Field, name: str, value: Any) -> Good:
    """The good request with another amount; where the amount is the cost, the cost follows."""
    parts: dict[str, Any] = {"body": good.body, "query": good.query, "path": good.path}
    put(parts, field.place, value)
    return replace(good, name=name, **parts, cost=number_of(value) if is_price(good, field) else good.cost)


def good_value(kit: Kit, operation: Operation, field: Field) -> Any:
    """What the field holds in the good request; a plain value where it is left out, or only an answer can give it."""
    plain = (field.minimum or 1) if field.kind in {"amount", "count"} else "text"
    try:
        return kit.build.fill(held_by(operation.good[0], field, plain))
    except UnresolvedError:
        return plain


def known_value(kit: Kit, good: Good, field: Field) -> Any:
    """What a good request holds there; None where it is left out, or only an answer can give it."""
    try:
        return kit.build.fill(held_by(good, field))
    except UnresolvedError:
        return None


def held_by(good: Good, field: Field, otherwise: Any = None) -> Any:
    """What a good request holds at the place of a field, however deep."""
    parts = {"body": expanded(good.body or {}), "query": good.query, "path": good.path}
    found = resolve(parts, f"/{field.place}")
    return otherwise if found is MISSING else found
