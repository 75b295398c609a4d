"""The operations: what the manifest says of each, joined with its route in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from errorcontract.contract.document import Route
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.inputs import bounded, fields, places, schema_at
from errorcontract.contract.problem import Path, Problems, unknown
from errorcontract.model import Basis, Field, Good, Limited, Makes, Operation, Provenance, Watch


def operations(
    manifest: Manifest,
    declared: Mapping[str, Any],
    routes: Mapping[str, Route],
    data: Mapping[str, Any],
    problems: Problems,
) -> dict[str, Operation]:
    """The operations by id. One that the document lacks is a problem and left out."""
    made: dict[str, Operation] = {}
    for id_, spec in declared.items():
        if id_ in routes and routes[id_].broken:
            continue  # noted where its document is read
        if id_ in routes:
            made[id_] = _operation(manifest, id_, spec, routes, data, problems)
        else:
            problems.add(manifest, ("operations", id_), unknown("operation", id_, routes))
    return made


def basis(spec: Mapping[str, Any]) -> Basis:
    """The provenance and source of a promise."""
    return Basis(provenance=Provenance(spec["provenance"]), source=spec["source"])


def _operation(
    manifest: Manifest,
    id_: str,
    spec: Mapping[str, Any],
    routes: Mapping[str, Route],
    data: Mapping[str, Any],
    problems: Problems,
) -> Operation:
    route, path = routes[id_], ("operations", id_)
    declared = spec.get("fields", {})
    made = fields(manifest, (*path, "fields"), declared, route, data, problems)
    if "reference" in spec and schema_at(route, spec["reference"]) is None:
        problems.add(manifest, (*path, "reference"), unknown("input", spec["reference"], places(route)))
    for place in spec.get("shows", {}):
        if schema_at(route, place) is None:
            problems.add(manifest, (*path, "shows", place), unknown("input", place, places(route)))
    if "look_up" in spec:
        _look_up(manifest, (*path, "look_up"), spec["look_up"], routes, problems)
    return Operation(
        id=id_,
        method=route.method,
        path=route.path,
        effect=spec["effect"],
        fields=made,
        good=_goods(manifest, (*path, "good"), spec["good"], spec.get("as"), problems),
        returns=spec.get("returns", {}),
        unpromised=frozenset(spec.get("unpromised", ())),
        reference=spec.get("reference"),
        reference_form=spec.get("reference_form", "{new_reference}"),
        reference_exact=spec.get("reference_exact", True),
        reference_space=spec.get("reference_space"),
        look_up=spec.get("look_up"),
        shows=spec.get("shows", {}),
        secured=spec.get("secured", route.secured),
        body_schema=_body_schema(route, declared, made),
        answer_schema=route.answer,
        media_type=route.body.media or "application/json",
        conditional=spec.get("conditional", False),
        watch=tuple(Watch(**watch) for watch in spec.get("watch", ())),
        makes=_makes(manifest, (*path, "makes"), spec, routes, problems) if "makes" in spec else None,
        limited=_limited(spec["limited"]) if "limited" in spec else None,
    )


def _limited(spec: Mapping[str, Any]) -> Limited:
    made_by = {spec[part]["place"]: (spec[part]["operation"], spec[part]["value"]) for part in ("holder", "each")}
    return Limited(
        cause=spec["cause"],
        holder=spec["holder"]["place"],
        each=spec["each"]["place"],
        made_by=made_by,
        most=spec.get("most", 4),
    )


def _body_schema(route: Route, declared: Mapping[str, Any], made: tuple[Field, ...]) -> Mapping[str, Any] | None:
    return None if route.body.schema is None else bounded(route.body.schema, declared, made)


_MADE = ("found_by", "deleted_by", "gone", "shows", "gives_back", "keeps_reference")


def _makes(
    manifest: Manifest, path: Path, spec: Mapping[str, Any], routes: Mapping[str, Route], problems: Problems
) -> Makes:
    made = spec["makes"]
    if made["id"] not in spec.get("returns", {}):
        problems.add(manifest, (*path, "id"), unknown("name of what it returns", made["id"], spec.get("returns", {})))
    for key in ("found_by", "deleted_by"):
        if key in made:
            _look_up(manifest, (*path, key), made[key], routes, problems)
    named = {key: made[key] for key in _MADE if key in made}
    return Makes(id=made["id"], basis=basis(made), **named)


def _look_up(manifest: Manifest, path: Path, text: str, routes: Mapping[str, Route], problems: Problems) -> None:
    name, _, parameter = text.partition("/")
    if name not in routes:
        problems.add(manifest, path, unknown("operation", name, routes))
        return
    known = [known for _, known in routes[name].parameters]
    if parameter not in known:
        problems.add(manifest, path, unknown(f"parameter of {name}", parameter, known))


def _goods(
    manifest: Manifest, path: Path, declared: list[Mapping[str, Any]], sends_as: str | None, problems: Problems
) -> tuple[Good, ...]:
    names: set[str] = set()
    for number, spec in enumerate(declared):
        if spec["name"] in names:
            problems.add(manifest, (*path, number, "name"), f"the name {spec['name']!r} stands twice")
        names.add(spec["name"])
    return tuple(_good(spec, sends_as) for spec in declared)


def _good(spec: Mapping[str, Any], sends_as: str | None) -> Good:
    return Good(
        name=spec["name"],
        body=spec.get("body"),
        query=spec.get("query", {}),
        path=spec.get("path", {}),
        cost=spec.get("cost"),
        answers=spec.get("answers", {}),
        basis=basis(spec) if "provenance" in spec else None,
        sends_as=spec.get("as", sends_as),
        headers=spec.get("headers", {}),
        statuses=frozenset(spec.get("statuses", ())),
        shape=spec.get("shape"),
        bounds=spec.get("bounds", {}),
    )
