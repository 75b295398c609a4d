"""Schemathesis: requests that keep, and requests that break, the schemas of the OpenAPI document."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import requests
import schemathesis
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from schemathesis.core.result import Ok
from schemathesis.generation.modes import GenerationMode

from errorcontract.cases.build import put
from errorcontract.cases.kit import Kit
from errorcontract.cases.oracle import allowed
from errorcontract.cases.promises import either
from errorcontract.model import Basis, Case, Operation, Outcome, Promise, Provenance, Request, resolve

REQUESTS = 6
_VOLLEY = 3
_BASE = "http://target"
_LEFT_TO_US = {
    "user-agent",
    "accept-encoding",
    "connection",
    "content-length",
    "x-schemathesis-testcaseid",
    "host",
    "transfer-encoding",
}
_WIDE = re.compile(r"(\[\^(?:\\x|\\u00)[0-9A-Fa-f]{2})-\\u[0-9A-Fa-f]{4}(?=\])")
_DOCUMENTED = Basis(provenance=Provenance.DOCUMENTED, source="the body is none that the OpenAPI document allows")


def concerns(operation: Operation) -> bool:
    """Every operation has a place in the document. One that deletes could be given what others need."""
    return operation.method != "DELETE"


def volleys(kit: Kit, operation: str) -> SearchStrategy[list[Case]]:
    """Lists of cases as Schemathesis generates them, judged by our rules in the place of its checks."""
    described = _operations(json.dumps(kit.contract.openapi, sort_keys=True, default=str)).get(operation)
    if described is None:
        return st.just([])
    modes = [described.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]
    return st.lists(st.one_of(modes).map(lambda case: _case(kit, operation, case)), min_size=_VOLLEY, max_size=_VOLLEY)


@lru_cache(maxsize=8)
def _operations(document: str) -> dict[str, Any]:
    schema = schemathesis.openapi.from_dict(_narrowed(json.loads(document)))
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    return {_name(described): described for described in found}


def _narrowed(described: Any) -> Any:
    """A document whose patterns rule out fewer characters: Hypothesis spells out each of thousands, for seconds.

    What is generated may then break the pattern. Our own rules judge by the document as it is.
    """
    if isinstance(described, dict):
        return {
            name: _WIDE.sub(r"\1-\\xff", value) if name == "pattern" and isinstance(value, str) else _narrowed(value)
            for name, value in described.items()
        }
    return [_narrowed(item) for item in described] if isinstance(described, list) else described


def _name(described: Any) -> str:
    return described.definition.raw.get("operationId") or f"{described.method.upper()} {described.path}"


def _case(kit: Kit, operation: str, generated: Any) -> Case:
    try:
        wire = requests.Request(**_sendable(generated.as_transport_kwargs(base_url=_BASE))).prepare()
    except (TypeError, ValueError, requests.RequestException):
        reject()  # what no client could send
    request = _request(kit, operation, wire)
    promise = _promise(kit, operation, generated)
    variant = f"{request.method} {request.target} {(request.body or b'')[:80]!r}"[:160]
    return kit.single("openapi", operation, variant, lambda: request, promise, cause=promise.cause, generated=True)


def _sendable(arguments: dict[str, Any]) -> dict[str, Any]:
    known = ("method", "url", "headers", "params", "json", "data", "files", "cookies")
    return {name: value for name, value in arguments.items() if name in known}


def _request(kit: Kit, operation: str, wire: requests.PreparedRequest) -> Request:
    own = kit.build.credentials()
    taken = {name.lower() for name, _ in own} | _LEFT_TO_US
    rest = tuple((name, _text(value)) for name, value in wire.headers.items() if name.lower() not in taken)
    parts = urlsplit(wire.url or _BASE)
    body = wire.body.encode() if isinstance(wire.body, str) else wire.body if isinstance(wire.body, bytes) else None
    return Request(
        method=wire.method or "GET",
        target=f"{parts.path}?{parts.query}" if parts.query else parts.path,
        headers=(*own, *(header for header in rest if _sendable_header(*header))),
        body=_fresh(kit, operation, body),
        operation=operation,
    )


def _fresh(kit: Kit, operation: str, body: bytes | None) -> bytes | None:
    """The body with a reference of our own in the place of a generated one, which an earlier case may have used.

    One that is wrong by itself stays: it is why the body is refused.
    """
    described = kit.contract.operations[operation]
    place = described.reference or ""
    try:
        content = json.loads(body or b"")
    except ValueError:
        return body
    parts = {"body": content}
    if not place.startswith("body/") or not isinstance(resolve(parts, f"/{place}"), str):
        return body
    put(parts, place, kit.build.reference(described))
    return kit.build.json(parts["body"]) if _keeps(described, content) == _keeps(described, parts["body"]) else body


def _promise(kit: Kit, operation: str, generated: Any) -> Promise:
    """A refusal for a body outside its schema; amounts, whose bounds hang on other members, are left to the tables."""
    described = kit.contract.operations[operation]
    raw = isinstance(generated.body, bytes | schemathesis.core.NotSet)
    if raw or generated.media_type != "application/json" or _keeps(described, generated.body):
        return either("generated-request")
    return Promise(outcome=Outcome.REJECTED, basis=_DOCUMENTED, cause="schema-violation/generated")


def _keeps(described: Operation, body: Any) -> bool:
    """Whether nothing but an amount can be wrong with a body."""
    schema = described.body_schema
    if schema is None:
        return True
    amounts = {field.name for field in described.fields if field.kind == "amount"}
    free = {
        **schema,
        "properties": {name: {} if name in amounts else part for name, part in schema.get("properties", {}).items()},
    }
    kept = (
        {name: value for name, value in body.items() if value is not None or name in schema.get("required", ())}
        if isinstance(body, dict)
        else body
    )
    return allowed(free, kept)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _sendable_header(name: str, value: str) -> bool:
    """Headers that are none in HTTP test the client's library, not the target."""
    return (
        name.isascii()
        and name.isprintable()
        and name.replace("-", "").replace("_", "").isalnum()
        and value.isascii()
        and value.isprintable()
    )
