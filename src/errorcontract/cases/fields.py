"""Is every value outside the documented range of a field refused, and its field named?"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from errorcontract.cases.build import ABSENT, UnresolvedError, put
from errorcontract.cases.kit import Kit
from errorcontract.cases.meant import UNSENDABLE, as_meant, beside_a_body
from errorcontract.cases.oracle import allowed
from errorcontract.cases.promises import either, refused, rejected
from errorcontract.cases.tables import rows
from errorcontract.cases.watched import watched
from errorcontract.model import (
    MISSING,
    Answers,
    Case,
    Field,
    Good,
    Operation,
    Outcome,
    Promise,
    Request,
    Step,
    expanded,
    number_of,
    resolve,
    with_bounds,
)

_SHOWN = 60
_SEPARATOR = re.compile(r"[/\\?#;]|%2f|%5c", re.IGNORECASE)
_MOMENT = r"\d{4}-\d\d-\d\dT[\d:]+\.\d{3}"
_WEIGHT = {"phone": 0, "amount": 0, "count": 2, "choice": 5, "reference": 2}
"""Kinds where mistakes cost money come before names and texts."""
_LARGE_TELLS = {"phone": 80, "amount": 68, "count": 66}
_ALIKE = {"other digits", "leading newline", "spacing", "tiny", "exponent", "other type"}
"""Classes much like another one of their kind."""
_OF_ITS_OWN = {"not in the list"}
"""Classes that few fields of a kind have: none before has been asked."""
_LARGE = 70_000
"""Bytes: more than a buffer of 64 KB, less than what servers refuse at once."""


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
    yield from _hostile(kit, operation, field, before)
    yield from _unknown(kit, operation, field, before)
    yield from _missing(kit, operation, field, before)
    yield from _in_other_requests(kit, operation, field, before)
    yield from _in_a_large_body(kit, operation, field, before)


def _hostile(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
    seen: dict[str, int] = {}
    for kind, value in rows(good_value(kit, operation, field), field):
        if field.where != "body":
            value = beside_a_body(field, value)  # noqa: PLW2901 - the row as it is sent
        if value is UNSENDABLE:
            continue
        if field.where == "path" and value in {"", ".."}:
            continue  # another route, not another value
        seen[kind] = seen.get(kind, 0) + 1
        tells = _tells(field, seen[kind], list(seen).index(kind), 0 if kind in _OF_ITS_OWN else before)
        yield _case(
            kit,
            operation,
            field,
            kind,
            value,
            hostile_promise(kit, field, kind, value),
            tells - 3 * (kind in _ALIKE),
        )


def _tells(field: Field, nth: int, class_: int, before: int) -> int:
    """How much a row tells: the first of its class, for the first field of its kind, most.

    Fields of one kind often share their checks, so that a second one is asked for less.
    """
    if nth > 1:
        second_of_first = nth + before == 2  # noqa: PLR2004
        return (60 if second_of_first else 40) - 4 * min(before, 4)
    if field.where == "path":
        return max(44, 80 - 3 * class_ - 2 * before)
    step = 0.4 if _WEIGHT.get(field.kind) == 0 else 2  # numbers of people and money break in more ways than others
    first = 84 - math.ceil(class_ * step) if before == 0 else 72 - 2 * class_ - 4 * before
    return max(44, first - _WEIGHT.get(field.kind, 8))


def hostile_promise(kit: Kit, field: Field, kind: str, value: Any) -> Promise:
    """What is promised for a value of a field: the field's schema decides."""
    cause = f"{field.cause}/{kind}"
    if allowed(field.schema, as_meant(field, value)) or (value is None and not field.required):
        if field.where == "path":  # a well-formed name of nothing
            return refused(kit.contract, f"{field.unknown_cause or field.cause}/{kind}")
        return either(cause)
    if _may_be_another_route(field, value):
        return refused(kit.contract, cause)
    promise = rejected(kit.contract, cause, field=field, value=value, seen=kind != "null")
    return replace(promise, affordable=_affordable(kit, field, value))


def _may_be_another_route(field: Field, value: Any) -> bool:
    """Whether a path holds a separator, which many servers read before they look for a route, however it is escaped."""
    return field.where == "path" and isinstance(value, str) and _SEPARATOR.search(value) is not None


def _affordable(kit: Kit, field: Field, value: Any) -> bool:
    """Whether the account holds far more than an amount, so that its balance is no reason to refuse it."""
    balance = kit.build.names.returned.get("balance", 0)
    number = number_of(value)
    return field.kind == "amount" and number is not None and abs(number) * 2 < balance


def _of_name(field: Field, before: int) -> int:
    """A look-up answers with nothing else, so its unknown names tell more than those inside a body."""
    return max(78, 82 - 3 * before) if field.where == "path" else 85 - 7 * before


def _unknown(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
    if field.unknown is None or field.unknown_cause is None:
        return
    value = kit.build.fill(field.unknown)
    promise = rejected(kit.contract, field.unknown_cause, field=field, value=value, seen=True)
    yield _case(kit, operation, field, "names nothing", value, promise, _of_name(field, before))
    known = good_value(kit, operation, field)
    if field.where == "body" and isinstance(known, str) and known.swapcase() != known:
        other = rejected(
            kit.contract, f"{field.unknown_cause}/other case", field=field, value=known.swapcase(), seen=True
        )
        yield _case(kit, operation, field, "other case", known.swapcase(), other, 78 - 4 * before)


def _missing(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
    if field.required and field.where != "path":
        promise = rejected(kit.contract, f"missing-field/{field.name}", field=field)
        yield _case(kit, operation, field, "left out", ABSENT, promise, 79 - 2 * before - 2 * (field.where == "query"))


def _in_a_large_body(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
    """The first hostile value of a field in a body that white space makes large; some systems check small ones only."""
    if field.where != "body" or field.kind not in _LARGE_TELLS or operation.effect == "read":
        return
    kind, value = next(rows(good_value(kit, operation, field), field))
    promise = hostile_promise(kit, field, kind, value)
    if promise.outcome is Outcome.REJECTED:
        tells = _LARGE_TELLS[field.kind] - 6 * before
        case = _case(kit, operation, field, f"{kind} in a large body", value, promise, tells)
        yield replace(case, steps=(replace(case.steps[0], make=partial(_padded, case.steps[0])),))


def _padded(step: Step, answers: Answers) -> Request | None:
    request = step.make(answers)
    return request and replace(request, body=(request.body or b"")[:-1] + b" " * _LARGE + b"}")


def as_in(kit: Kit, good: Good, field: Field) -> Field:
    """The field with the bounds that it has in a good request."""
    own: dict[str, Any] = kit.build.fill(dict(good.bounds.get(field.place, {})))
    numbers: dict[str, Any] = {bound: number_of(value) for bound, value in own.items()}
    return replace(field, schema=with_bounds(field.schema, numbers), **numbers) if own else field


def _in_other_requests(kit: Kit, operation: Operation, field: Field, before: int) -> Iterator[Case]:
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


_BESIDE_BOUNDS = {"above the maximum": 80, "below the minimum": 71}


def _of_other_request(
    kit: Kit, operation: Operation, good: Good, field: Field, tells: Mapping[str, int]
) -> Iterator[Case]:
    classes = _classes(kit.build.fill(_held(good, field)), field)
    for kind, told in tells.items():
        if kind in classes:
            value = classes[kind]
            promise = hostile_promise(kit, field, kind, value)
            yield _case(kit, operation, field, f"{kind} ({good.name})", value, promise, told, good)


def _classes(known: Any, field: Field) -> dict[str, Any]:
    """The first value of each class that is not allowed."""
    return {kind: value for kind, value in reversed(list(rows(known, field))) if not allowed(field.schema, value)}


def _case(
    kit: Kit,
    operation: Operation,
    field: Field,
    kind: str,
    value: Any,
    promise: Promise,
    tells: int,
    good: Good | None = None,
) -> Case:
    shown = re.sub(rf"{re.escape(kit.build.names.run)}[-\w]*|{_MOMENT}", "…", repr(value))  # the same in every run
    shown = shown if len(shown) < _SHOWN else f"{shown[:40]}… ({len(shown)} characters)"
    return kit.single(
        "fields",
        operation.id,
        f"{field.name} {kind}: {shown}",
        lambda: kit.build.request(operation.id, good, {field.place: value}),
        promise,
        cause=promise.cause,
        tells=tells,
        notes={"field": field.place, "kind": field.kind},
    )


def is_price(good: Good, field: Field) -> bool:
    """Whether the amount in a good request is what it costs."""
    held, cost = _held(good, field), number_of(good.cost)
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
        return kit.build.fill(_held(operation.good[0], field, plain))
    except UnresolvedError:
        return plain


def known_value(kit: Kit, good: Good, field: Field) -> Any:
    """What a good request holds there; None where it is left out, or only an answer can give it."""
    try:
        return kit.build.fill(_held(good, field))
    except UnresolvedError:
        return None


def _held(good: Good, field: Field, otherwise: Any = None) -> Any:
    """What a good request holds at the place of a field, however deep."""
    parts = {"body": expanded(good.body or {}), "query": good.query, "path": good.path}
    found = resolve(parts, f"/{field.place}")
    return otherwise if found is MISSING else found
