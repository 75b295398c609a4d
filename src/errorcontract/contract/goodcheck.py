"""Checks the good requests of a contract against its own OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from errorcontract.contract.document import Route
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.inputs import schema_at
from errorcontract.contract.names import fill, names_in
from errorcontract.contract.problem import Path, Problems, unknown
from errorcontract.contract.schemas import FORMS
from errorcontract.model import Good, Operation, expanded, with_moments

_FRESH = dict.fromkeys(("new_reference", "story_reference"), "errorcontract-0000000000")


def good_check(
    manifest: Manifest,
    operations: Mapping[str, Operation],
    routes: Mapping[str, Route],
    data: Mapping[str, Any],
    problems: Problems,
) -> None:
    """Note every good request that the document does not allow."""
    known = {**data, **_FRESH}
    for operation in operations.values():
        route = routes[operation.id]
        for place, text in _reference(operation, route, known):
            problems.add(manifest, ("operations", operation.id, *place), text)
        for number, good in enumerate(operation.good):
            path: Path = ("operations", operation.id, "good", number)
            for place, text in [*_parameters(good, route, known), *_body(good, operation, route, known)]:
                problems.add(manifest, (*path, *place), text)


def _reference(operation: Operation, route: Route, known: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """What is wrong with a reference in its form."""
    found = schema_at(route, operation.reference) if operation.reference else None
    if found is not None:
        form = operation.reference_form
        yield from _breaches(found[0], fill(form, known), ("reference_form",), form)


def _parameters(good: Good, route: Route, known: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for where in ("path", "query"):
        given: Mapping[str, Any] = getattr(good, where)
        names = {name: spec for (place, name), spec in route.parameters.items() if place == where}
        for name, value in given.items():
            if name not in names:
                yield (where, name), unknown(f"{where} parameter", name, names)
            elif not _later(value, ()):
                yield from _breaches(names[name][0], fill(value, known), (where, name), value)
        for name, (_, required) in names.items():
            if required and name not in given:
                yield (), f"the {where} parameter {name!r} is required"


def _body(good: Good, operation: Operation, route: Route, known: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    if good.body is None:
        if route.body.required:
            yield (), "a body is required"
    elif operation.body_schema is None:
        yield ("body",), f"{operation.id} takes no body"
    elif operation.media_type not in FORMS:  # in a form every value is a text or a file
        yield from _breaches(operation.body_schema, _dated(fill(expanded(good.body), known)), ("body",), good.body)


def _dated(value: Any) -> Any:
    """The value with its times relative to now filled in."""
    if isinstance(value, str):
        return with_moments(value)
    if isinstance(value, dict):
        return {key: _dated(member) for key, member in value.items()}
    return [_dated(item) for item in value] if isinstance(value, list) else value


def _breaches(schema: Mapping[str, Any], value: Any, place: Path, raw: Any) -> Iterator[tuple[Path, str]]:
    try:
        validator = jsonschema_rs.Draft202012Validator(dict(schema))
        errors = list(validator.iter_errors(value))
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError):
        yield place, "the schema of the OpenAPI document is no JSON Schema"
        return
    for error in errors:
        path = tuple(error.instance_path)
        if not _later(raw, path):
            yield (*place, *path), f"the document does not allow it: {error.message[:200]}"


def _later(raw: Any, path: Path) -> bool:
    """Whether the value at a path comes from an earlier answer, so that nothing can be said of it yet."""
    return any(member is not None and at[: len(path)] == path for at, _, member in names_in(raw))
