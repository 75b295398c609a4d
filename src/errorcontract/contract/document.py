"""The OpenAPI document: its operations, and the schemas of their inputs and answers with references resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from errorcontract.contract.problem import Problems, Refused
from errorcontract.contract.resolve import Resolver
from errorcontract.contract.source import Source

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation of the document. `parameters` are schema and required flag by (where, name)."""

    id: str
    method: str
    path: str
    at: tuple[str, str]
    parameters: Mapping[tuple[str, str], tuple[Mapping[str, Any], bool]]
    body: Mapping[str, Any] | None
    body_required: bool
    media: str | None
    media_beside: Mapping[str, Any]
    answer: Mapping[str, Any] | None
    secured: bool

    @property
    def shape(self) -> tuple[str, str]:
        """Method and path without the names of its parameters: what two documents can agree on."""
        return self.method, re.sub(r"\{[^}]*\}", "{}", self.path)


def routes(source: Source, problems: Problems) -> dict[str, Route]:
    """The operations by id. One that can't be read is a problem and left out."""
    version = str(source.value.get("openapi", ""))
    if not version.startswith("3."):
        problems.add(source, ("openapi",), f"is no OpenAPI 3 document (its 'openapi' member is {version!r})")
        return {}
    found: dict[str, Route] = {}
    resolver = Resolver(source.value, older=version.startswith("3.0"))
    for method, path, item in _items(source, problems):
        at = ("paths", path, method)
        try:
            route = _route(source.value, resolver, method, path, item)
        except Refused as refusal:
            problems.add(source, at, refusal.text)
            continue
        if route.id in found:
            problems.add(source, (*at, "operationId"), f"{route.id!r} stands twice")
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
    body, required, media, beside = _body(resolver, spec)
    security = spec.get("security", document.get("security"))
    return Route(
        id=str(spec.get("operationId") or f"{method.upper()} {path}"), method=method.upper(), path=path,
        at=(path, method),
        parameters=_parameters(resolver, [*_list(item.get("parameters")), *_list(spec.get("parameters"))]),
        body=body, body_required=required, media=media, media_beside=beside,
        answer=_answer(resolver, spec),
        secured=bool(security) and {} not in security,
    )


def _parameters(resolver: Resolver, listed: list[Any]) -> dict[tuple[str, str], tuple[Mapping[str, Any], bool]]:
    found: dict[tuple[str, str], tuple[Mapping[str, Any], bool]] = {}
    for entry in listed:
        parameter = resolver.resolved(entry)
        schema = parameter.get("schema", {})
        where = str(parameter.get("in"))
        required = where == "path" or bool(parameter.get("required"))
        found[where, str(parameter.get("name"))] = (schema if isinstance(schema, dict) else {}, required)
    return found


def _body(
    resolver: Resolver, spec: Mapping[str, Any]
) -> tuple[Mapping[str, Any] | None, bool, str | None, Mapping[str, Any]]:
    if "requestBody" not in spec:
        return None, False, None, {}
    body = resolver.resolved(spec["requestBody"])
    media = _json_media(body)
    content: Mapping[str, Any] = body["content"][media] if media else {}
    schema = content.get("schema", {}) if media else None
    beside = {key: value for key, value in content.items() if key != "schema"}
    return schema if isinstance(schema, dict) else None, bool(body.get("required")), media, beside


def _answer(resolver: Resolver, spec: Mapping[str, Any]) -> Mapping[str, Any] | None:
    answers = spec.get("responses")
    good = sorted(status for status in answers if status.startswith("2")) if isinstance(answers, dict) else []
    if not isinstance(answers, dict) or not good:
        return None
    answer = resolver.resolved(answers[good[0]])
    media = _json_media(answer)
    schema = answer["content"][media].get("schema") if media else None
    return schema if isinstance(schema, dict) else None


def _json_media(holder: Mapping[str, Any]) -> str | None:
    content = holder.get("content")
    names = [name for name, media in content.items() if isinstance(media, dict)] if isinstance(content, dict) else []
    return next((name for name in names if "json" in name.lower()), None)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
