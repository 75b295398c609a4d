"""A profile used alone: the contract of any API that speaks it, made from the API's own OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from errorcontract.contract.document import Route, base_path
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.sample import sample

_READS = {"GET", "HEAD", "OPTIONS"}
_MADE = {"provenance": "unspecified", "source": "made from the OpenAPI document; nobody says that it succeeds"}

_ENVELOPE = {"provenance": "documented", "source": "the profile that was named for this API has such bodies"}
"""For a profile that leaves it to its contracts to say who promises the form of the bodies."""


def generic(manifest: Manifest, routes: Mapping[str, Route], document: Mapping[str, Any]) -> Manifest:
    """The manifest of a contract: the profile's promises, the document's operations.

    Its requests are made from the schemas and their examples, so that nothing is promised of their success, and no
    refusal is expected of a value but by the schema of a body.
    """
    value = dict(manifest.value)
    name = value.pop("profile")
    usable = {id_: route for id_, route in routes.items() if not route.broken}
    declared = {
        "contract": name,
        "prefix": base_path(document),
        "operations": {id_: _operation(route) for id_, route in usable.items()},
        "credentials": _credentials(document) if any(route.secured for route in usable.values()) else None,
    }
    return replace(manifest, value={"causes": {}, "envelope": _ENVELOPE, **value, **declared})


def _operation(route: Route) -> dict[str, Any]:
    body = {} if route.body.schema is None else {"body": _body(route)}
    good = {
        "name": "a request after the document",
        "path": dict(_parameters(route, "path")),
        "query": dict(_parameters(route, "query")),
        **body,
        **_MADE,
    }
    return {"effect": "read" if route.method in _READS else "write", "good": [good]}


def _body(route: Route) -> dict[str, Any]:
    made = sample({**(route.body.schema or {}), **_example(route.body.beside)})
    return made if isinstance(made, dict) else {}


def _example(beside: Mapping[str, Any]) -> dict[str, Any]:
    if "example" in beside:
        return {"example": beside["example"]}
    several = beside.get("examples")
    values = [one["value"] for one in several.values() if "value" in one] if isinstance(several, dict) else []
    return {"example": values[0]} if values else {}


def _parameters(route: Route, where: str) -> Iterator[tuple[str, Any]]:
    for (place, name), (schema, required) in route.parameters.items():
        if place == where and required:
            value = sample(schema)
            yield name, value if isinstance(value, str | int | float | bool) else str(value)


def _credentials(document: Mapping[str, Any]) -> dict[str, Any]:
    """The header of the first security scheme that has one: a bearer token where none says otherwise."""
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    means = {"header": "Authorization", "value": "Bearer {token}", "environment": "ERRORCONTRACT_TOKEN"}
    for scheme in schemes.values() if isinstance(schemes, dict) else ():
        if not isinstance(scheme, dict):
            continue
        if scheme.get("type") == "apiKey" and scheme.get("in") == "header":
            return means | {"header": str(scheme.get("name")), "value": "{token}"}
        if scheme.get("type") == "http" and scheme.get("scheme") == "basic":
            return means | {"value": "Basic {token}"}
    return means
