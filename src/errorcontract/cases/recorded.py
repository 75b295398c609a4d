"""Judges requests that somebody else sent: what a contract promises for them is read off the request alone.

Why a request failed is known only as far as the request shows it. So nothing is promised for one that looks good, and
for a wrong one no more than a refusal: it may have been refused for something that is not to be seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from errorcontract.cases.fields import known_value as _known
from errorcontract.cases.kit import Kit, once
from errorcontract.cases.meant import as_meant
from errorcontract.cases.oracle import allowed
from errorcontract.cases.promises import either, refused
from errorcontract.model import (
    MISSING,
    Exchange,
    Field,
    Good,
    Operation,
    Promise,
    Request,
    Step,
    Trace,
    first_header,
    is_text,
    number_of,
    resolve,
)

FAMILY = "traffic"
_AMOUNT, _NAMES = "amount", {"choice", "identifier"}
_JUDGED = ("body", "query")  # which names there are in a path, only the API knows
_LONGEST = 64 * 1024
_MISSING = "missing-field"
_HIDDEN = "***"  # in what hides a credential or a person
_GOOD = range(200, 300)


def single(kit: Kit, exchange: Exchange, *, body_known: bool) -> Trace:
    """A recorded exchange as a case of its own."""
    request = exchange.request
    promise = _promise(kit, request, body_known=body_known)
    case = kit.single(
        FAMILY, request.operation, f"{exchange.number}", lambda: request, promise, cause=promise.cause, generated=True
    )
    return Trace(case=case, exchanges=((case.steps[0], exchange),))


def second_uses(kit: Kit, exchanges: Sequence[Exchange]) -> Iterator[Trace]:
    """References that came again after a request with them was done, in the order of their times."""
    first: dict[tuple[str, str], Exchange] = {}
    for exchange in exchanges:
        key = _reference(kit, exchange.request)
        if key is None or exchange.response is None:
            continue
        before = first.get(key)
        if before is None and exchange.response.status in _GOOD:
            first[key] = exchange
        elif before is not None and exchange.started >= before.started + before.seconds:
            yield _second_use(kit, before, exchange)


def _second_use(kit: Kit, before: Exchange, after: Exchange) -> Trace:
    same = before.request.body == after.request.body
    promise = refused(kit.contract, "duplicate-reference")
    told = (("first", before, either("recorded")), ("second", after, promise))
    played = tuple(
        (Step(name=name, make=once(lambda: after.request), promise=promised), replace(exchange, step=name))
        for name, exchange, promised in told
    )
    case = kit.story(
        FAMILY,
        after.request.operation,
        "same body" if same else "another body",
        tuple(step for step, _ in played),
        about="duplicate",
        cause="duplicate-reference",
    )
    return Trace(case=case, exchanges=played)


def _reference(kit: Kit, request: Request) -> tuple[str, str] | None:
    """The reference of a request, with what it must be unique in."""
    operation = kit.contract.operations.get(request.operation or "")
    if operation is None or operation.reference is None:
        return None
    value = resolve(_parts(request), f"/{operation.reference}")
    told = isinstance(value, str) and value and _is_readable(value)
    return (operation.reference_space or operation.id, value) if told else None


def _promise(kit: Kit, request: Request, *, body_known: bool) -> Promise:
    operation = kit.contract.operations.get(request.operation or "")
    if operation is None:
        return either("undocumented request")
    wrong = list(_violations(kit, operation, request)) if body_known else []
    return refused(kit.contract, f"{wrong[0]}/recorded") if len(wrong) == 1 else _several(kit, wrong)


def _several(kit: Kit, wrong: Sequence[str]) -> Promise:
    """Where it is not clear which fault a refusal is for, any of their reasons is right."""
    return refused(kit.contract, f"{min(wrong)}/recorded") if wrong else either("recorded request")


def _violations(kit: Kit, operation: Operation, request: Request) -> Iterator[str]:
    """The causes of all that the documents do not allow in a request."""
    parts = _parts(request)
    if operation.body_schema is not None and not isinstance(parts["body"], dict):
        return  # which bodies an API reads is asked on purpose only
    for field in operation.fields:
        value = as_meant(field, resolve(parts, f"/{field.place}"))
        if field.where not in _JUDGED or value is None:
            continue
        if value is MISSING and _is_missed(kit, operation, field, parts):
            yield _MISSING
        elif _is_readable(value) and _is_wrong(kit, operation, field, value, parts):
            yield field.cause


def _is_wrong(kit: Kit, operation: Operation, field: Field, value: Any, parts: Mapping[str, Any]) -> bool:
    """Whether no request may hold a value.

    The bounds of an amount are often another system's own, and hang on the rest of the request, which may even make it
    meaningless. That it is a number above zero holds wherever one is asked for.
    """
    if allowed(field.schema, value):
        return False
    if field.kind != _AMOUNT:
        return _holds_always(kit, operation, field)
    asked = any(_known(kit, good, field) is not None and _alike(kit, operation, good, parts) for good in operation.good)
    number = None if isinstance(value, str) and not is_text(field.schema) else number_of(value)
    return asked and (number is None or number <= 0)


def _alike(kit: Kit, operation: Operation, good: Good, parts: Mapping[str, Any]) -> bool:
    """Whether a request names the same things as a good one."""
    named = (field for field in operation.fields if field.kind in _NAMES and field.where in _JUDGED)
    return all(_known(kit, good, field) in (None, resolve(parts, f"/{field.place}")) for field in named)


def _is_missed(kit: Kit, operation: Operation, field: Field, parts: Mapping[str, Any]) -> bool:
    """Whether a field must be there: every good request has it, and what would hold it is there."""
    holder = resolve(parts, f"/{field.place.rpartition('/')[0]}")
    always = all(_known(kit, good, field) is not None for good in operation.good)
    return field.required and always and isinstance(holder, dict)


def _holds_always(kit: Kit, operation: Operation, field: Field) -> bool:
    """Whether a field's schema hangs on nothing else: no good request has other bounds, nor a value beside it."""
    known = (_known(kit, good, field) for good in operation.good)
    return all(value is None or allowed(field.schema, value) for value in known) and not any(
        field.place in good.bounds for good in operation.good
    )


def _is_readable(value: Any) -> bool:
    """Whether a value is there as it was sent: nothing in it is hidden."""
    if not isinstance(value, str):
        return value is not MISSING
    return _HIDDEN not in value and len(value) <= _LONGEST


def _parts(request: Request) -> dict[str, Any]:
    query = parse_qs(urlsplit(request.target).query, keep_blank_values=True)
    return {
        "body": _json(request),
        "query": {name: values[0] for name, values in query.items() if len(values) == 1},
        "path": {},
    }


def _json(request: Request) -> Mapping[str, Any] | None:
    kind = (first_header(request.headers, "Content-Type") or "").lower()
    if request.body is None or "json" not in kind:
        return None
    try:
        body = json.loads(request.body, parse_constant=lambda _: None, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose members come once; which of two counts, nobody knows."""
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member twice")
    return members
