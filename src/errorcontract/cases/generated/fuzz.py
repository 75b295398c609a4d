"""Hypothesis: one field of a good request at a time, its whole body, its raw bytes, its headers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from errorcontract.cases.fields import good_value, hostile_promise
from errorcontract.cases.generated.values import JSON, texts, values
from errorcontract.cases.kit import Kit
from errorcontract.cases.oracle import allowed
from errorcontract.cases.promises import either, refused, rejected
from errorcontract.model import Case, Field, Operation, Promise, Request

REQUESTS = 96
_VOLLEY = 32
_NAMES = (
    "Accept",
    "Accept-Language",
    "Content-Type",
    "User-Agent",
    "X-Forwarded-For",
    "X-Request-Id",
    "Cookie",
    "Origin",
)


def concerns(operation: Operation) -> bool:
    """Whether there is anything in its requests to change."""
    return bool(operation.fields)


def volleys(kit: Kit, operation: str) -> SearchStrategy[list[Case]]:
    """Lists of cases, each of which changes one thing of an otherwise good request."""
    described = kit.contract.operations[operation]
    ways = [_field(kit, described, field) for field in described.fields]
    if described.good[0].body is not None:
        ways += [_body(kit, described), _bytes(kit, described)]
    ways.append(_header(kit, described))
    return st.lists(st.one_of(ways), min_size=_VOLLEY, max_size=_VOLLEY)


def _field(kit: Kit, operation: Operation, field: Field) -> SearchStrategy[Case]:
    good = good_value(kit, operation, field)
    drawn = values(field.kind, good) if field.where == "body" else texts(field.kind, good)
    if field.where == "path":
        drawn = drawn.filter(_fits_a_path)

    def case(value: Any) -> Case:
        # a text near a good name may be the name of something that another case made
        named = field.where == "path"
        promise = either(f"{field.cause}/generated") if named else hostile_promise(kit, field, "generated", value)
        return _case(
            kit,
            operation,
            f"{field.name} {value!r}"[:120],
            promise,
            lambda: kit.build.request(operation.id, change={field.place: value}),
        )

    return drawn.map(case)


def _fits_a_path(value: str) -> bool:
    """An empty part or dots are another route, not another value."""
    return value.strip(".") != "" and not value.startswith(("./", "../"))


def _body(kit: Kit, operation: Operation) -> SearchStrategy[Case]:
    schema = {"type": "object", "required": (operation.body_schema or {}).get("required", [])}

    def case(body: Any) -> Case:
        promise = either("generated-body") if allowed(schema, body) else _wrong(kit, body)
        return _case(
            kit,
            operation,
            f"body {body!r}"[:120],
            promise,
            lambda: kit.build.request(operation.id, raw=kit.build.json(body) or b"null"),
        )

    return JSON.map(case)


def _wrong(kit: Kit, body: Any) -> Promise:
    """What is no object is no body; for which of its faults an object without its members is refused, nobody says."""
    if isinstance(body, dict):
        return refused(kit.contract, "missing-field/generated")
    return rejected(kit.contract, "malformed-body/generated")


def _bytes(kit: Kit, operation: Operation) -> SearchStrategy[Case]:
    """The good body's bytes with one stretch replaced. What that makes of it is for the target to say."""

    def case(at: int, length: int, put: bytes) -> Case:
        def make() -> Request:
            good = kit.build.request(operation.id)
            raw = good.body or b""
            start = at % (len(raw) + 1)
            return replace(good, body=raw[:start] + put + raw[start + length :])

        return _case(
            kit, operation, f"{length} bytes at {at} replaced by {put!r}", either("malformed-body/generated"), make
        )

    return st.builds(case, st.integers(0, 400), st.integers(0, 6), st.binary(max_size=6))


def _header(kit: Kit, operation: Operation) -> SearchStrategy[Case]:
    value = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60).map(str.strip)

    def case(name: str, text: str) -> Case:
        def make() -> Request:
            good = kit.build.request(operation.id)
            rest = tuple(header for header in good.headers if header[0] != name)
            return replace(good, headers=(*rest, (name, text)))

        return _case(kit, operation, f"{name}: {text}", either("generated-header"), make)

    return st.builds(case, st.sampled_from(_NAMES), value)


def _case(kit: Kit, operation: Operation, variant: str, promise: Any, make: Callable[[], Request]) -> Case:
    return kit.single("fuzz", operation.id, variant, make, promise, cause=promise.cause, generated=True)
