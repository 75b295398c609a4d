"""Joins a contract with an OpenAPI document that is not its own, and the document with what is known better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from errorcontract.contract.document import Route, base_path, rooted
from errorcontract.model import Operation


def based(routes: Mapping[str, Route], document: Mapping[str, Any]) -> dict[str, Route]:
    """The routes with the path of the document's server before their own."""
    base = base_path(document)
    return {id_: replace(route, path=base + route.path) for id_, route in routes.items()}


def matched(routes: Mapping[str, Route], own: Mapping[str, Route]) -> dict[str, Route]:
    """The routes of a document under the ids that the contract uses, for those that differ only in their id."""
    result = dict(routes)
    by_shape = {route.shape: route for route in routes.values()}
    for id_, route in own.items():
        if id_ not in result and route.shape in by_shape:
            result[id_] = replace(by_shape[route.shape], id=id_)
    return result


def patched(
    document: Mapping[str, Any], operations: Mapping[str, Operation], routes: Mapping[str, Route]
) -> Mapping[str, Any]:
    """The document with paths from the root, and with the body schemas that the known data has narrowed."""
    paths = dict(document["paths"])
    for operation in operations.values():
        route = routes[operation.id]
        if operation.body_schema is route.body.schema or route.body.media is None:
            continue
        path, method = route.at
        item = paths[path]
        content = {route.body.media: {**route.body.beside, "schema": operation.body_schema}}
        body = {"required": route.body.required, "content": content}
        paths[path] = {**item, method: {**item[method], "requestBody": body}}
    return rooted({**document, "paths": paths})
