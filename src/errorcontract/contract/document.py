"""The OpenAPI document: its operations, and the schemas of their inputs and answers with references resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from errorcontract.contract.problem import Problems, Refused
from errorcontract.contract.resolve import Resolver
from errorcontract.contract.schemas import NO_BODY, Body, Parameters, answer_of, body_of, parameters_of
from errorcontract.contract.source import Source

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation of the document, which stands there at paths, `at`. `broken`: why its inputs can't be read."""

    id: str
    method: str
    path: str
    at: tuple[str, str]
    secured: bool
    parameters: Parameters = field(default_factory=dict)
    body: Body = NO_BODY
    answer: Mapping[str, Any] | None = None
    broken: str | None = None

    @property
    def shape(self) -> tuple[str, str]:
        """Method and path without the names of its parameters: what two documents can agree on."""
        return self.method, re.sub(r"\{[^}]*\}", "{}", self.path)


def routes(source: Source, problems: Problems) -> dict[str, Route]:
    """The operations by id."""
    version = str(source.value.get("openapi", ""))
    if not version.startswith("3."):
        problems.add(source, ("openapi",), f"is no OpenAPI 3 document (its 'openapi' member is {version!r})")
        return {}
    found: dict[str, Route] = {}
    resolver = Resolver(source.value, older=version.startswith("3.0"))
    for method, path, item in _items(source, problems):
        route = _route(source.value, resolver, method, path, item)
        if route.id in found:
            problems.add(source, ("paths", path, method, "operationId"), f"{route.id!r} stands twice")
        found.setdefault(route.id, route)
    return found


def base_path(document: Mapping[str, Any]) -> str:
    """The path of the document's first server, without a final slash."""
    servers = document.get("servers")
    first = servers[0] if isinstance(servers, list) and servers else {}
    url = first.get("url") if isinstance(first, dict) else None
    try:
        return urlsplit(url).path.rstrip("/") if isinstance(url, str) else ""
    except ValueError:
        return ""


def rooted(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document with the path of its server put before each of its paths."""
    base = base_path(document)
    if not base:
        return document
    paths = {base + path: item for path, item in document.get("paths", {}).items()}
    return {**document, "paths": paths, "servers": [{"url": "/"}]}


def _items(source: Source, problems: Problems) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    paths = source.value.get("paths")
    if not isinstance(paths, dict):
        problems.add(source, ("paths",), "the document has no paths")
        return
    for path, item in paths.items():
        if not isinstance(item, dict):
            problems.add(source, ("paths", path), "must be a mapping of methods")
            continue
        for method in METHODS:
            if isinstance(item.get(method), dict):
                yield method, path, item


def _route(document: Mapping[str, Any], resolver: Resolver, method: str, path: str, item: Mapping[str, Any]) -> Route:
    spec = item[method]
    name = spec.get("operationId")
    route = Route(
        id=name if isinstance(name, str) and name else f"{method.upper()} {path}",
        method=method.upper(),
        path=path,
        at=(path, method),
        secured=_secured(spec.get("security", document.get("security"))),
    )
    try:
        body = body_of(resolver, spec)
        parameters = parameters_of(resolver, item, spec)
        answer = answer_of(resolver, spec)
    except Refused as refusal:
        return replace(route, broken=refusal.text)
    return replace(route, body=body, parameters=parameters, answer=answer)


def _secured(security: Any) -> bool:
    return isinstance(security, list) and bool(security) and {} not in security
