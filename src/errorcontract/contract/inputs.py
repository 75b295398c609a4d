"""The inputs of an operation: schemas from the OpenAPI document, kinds and bounds from the manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from errorcontract.contract.catalogue import sound_schema
from errorcontract.contract.document import Route
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.names import fill
from errorcontract.contract.problem import Path, Problems, unknown
from errorcontract.model import Field, number_of, with_bounds

BOUNDS = ("minimum", "maximum")


def places(route: Route) -> list[str]:
    """The places of all inputs on the first level."""
    body = [f"body/{name}" for _, schema in _parts(route.body.schema or {}) for name in schema.get("properties", {})]
    return sorted({*body, *(f"{where}/{name}" for where, name in route.parameters)})


def schema_at(route: Route, place: str) -> tuple[Mapping[str, Any], bool] | None:
    """The schema of a place and whether it is required; None if the document has no such place."""
    where, _, name = place.partition("/")
    if where != "body":
        return route.parameters.get((where, name))
    schema: Mapping[str, Any] = route.body.schema or {}
    required = route.body.required
    for part in name.split("/"):
        step = _step(schema, part)
        if step is None:
            return None
        schema, demanded = step
        required = required and demanded
    return schema, required


def fields(
    manifest: Manifest,
    path: Path,
    declared: Mapping[str, Any],
    route: Route,
    data: Mapping[str, Any],
    problems: Problems,
) -> tuple[Field, ...]:
    """The fields of an operation, in the order of the manifest."""
    made = (_field(manifest, (*path, place), place, spec, route, data, problems) for place, spec in declared.items())
    return tuple(field for field in made if field is not None)


def bounded(body: Mapping[str, Any], declared: Mapping[str, Any], made: tuple[Field, ...]) -> Mapping[str, Any]:
    """The body's schema with the bounds that the known data has for its fields."""
    for field in made:
        bounds = {bound: getattr(field, bound) for bound in BOUNDS if bound in declared[field.place]}
        if bounds and field.where == "body":
            body = _with(body, field.place.split("/")[1:], bounds)
    return body


def _field(
    manifest: Manifest,
    path: Path,
    place: str,
    spec: Mapping[str, Any],
    route: Route,
    data: Mapping[str, Any],
    problems: Problems,
) -> Field | None:
    found = schema_at(route, place)
    if found is None:
        problems.add(manifest, path, unknown("input", place, places(route)))
        return None
    given = fill({bound: spec[bound] for bound in BOUNDS if bound in spec}, data)
    numbers = {bound: number_of(value) for bound, value in given.items()}
    for bound, number in numbers.items():
        if number is None:
            problems.add(manifest, (*path, bound), f"must be a number, not {given[bound]!r}")
            return None
    schema = with_bounds({**found[0], **fill(spec.get("schema", {}), data)}, numbers)
    if not _sound(manifest, (*path, "schema"), schema, problems):
        return None
    low, high = (numbers.get(bound, _number(schema.get(bound))) for bound in BOUNDS)
    if low is not None and high is not None and low > high:
        problems.add(manifest, path, f"the minimum {low} is above the maximum {high}")
    return Field(
        place=place,
        kind=spec["kind"],
        schema=schema,
        required=found[1],
        cause=spec.get("cause", "invalid-field"),
        region=spec.get("region"),
        minimum=low,
        maximum=high,
        unknown=fill(spec.get("unknown"), data),
        unknown_cause=spec.get("unknown_cause"),
    )


def _sound(manifest: Manifest, path: Path, schema: Mapping[str, Any], problems: Problems) -> bool:
    """Whether a field's merged schema is a JSON Schema."""
    probe = Problems()
    if sound_schema(manifest.sources[0], (), dict(schema), probe):
        return True
    problems.add(manifest, path, probe.found[0].text)
    return False


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _parts(schema: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """A schema and all that it joins by allOf."""
    yield 0, schema
    for part in schema.get("allOf", []):
        if isinstance(part, dict):
            yield from _parts(part)


def _step(schema: Mapping[str, Any], part: str) -> tuple[Mapping[str, Any], bool] | None:
    joined = [piece for _, piece in _parts(schema)]
    required = any(part in piece.get("required", []) for piece in joined)
    for piece in joined:
        inner = piece.get("properties", {}).get(part)
        if inner is None and part.isdecimal() and isinstance(piece.get("items"), dict):
            return piece["items"], True
        if isinstance(inner, dict):
            return inner, required
    return None


def _with(schema: Mapping[str, Any], parts: list[str], members: Mapping[str, Any]) -> Mapping[str, Any]:
    """A copy of a schema with members added to the schema of a place below it."""
    if not parts:
        return with_bounds(schema, members)
    first, rest = parts[0], parts[1:]
    if isinstance(schema.get("properties", {}).get(first), dict):
        inner = _with(schema["properties"][first], rest, members)
        return {**schema, "properties": {**schema["properties"], first: inner}}
    if first.isdecimal() and isinstance(schema.get("items"), dict):
        return {**schema, "items": _with(schema["items"], rest, members)}
    if "allOf" in schema:
        return {**schema, "allOf": [_with(piece, parts, members) for piece in schema["allOf"]]}
    return schema
