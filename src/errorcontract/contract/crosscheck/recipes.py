"""What the recipes of causes change, and what they send before."""

from __future__ import annotations

from collections.abc import Mapping

from errorcontract.contract.crosscheck.mentions import Value, note_unknown
from errorcontract.contract.document import Route
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.inputs import places, schema_at
from errorcontract.contract.problem import Path, Problems, unknown


def recipe_names(manifest: Manifest, value: Value, routes: Mapping[str, Route], problems: Problems) -> None:
    """Every recipe must fit the operation that it names."""
    for id_, cause in value["causes"].items():
        for number, recipe in enumerate(cause.get("provoke", ())):
            path: Path = ("causes", id_, "provoke", number)
            named, operations = recipe["operation"], value["operations"]
            if named not in operations or named not in routes:
                problems.add(manifest, (*path, "operation"), unknown("operation", named, operations))
                continue
            _good(manifest, path, recipe, operations[named], problems)
            _changes(manifest, path, recipe, routes[named], problems)
            before = enumerate(recipe.get("before", ()))
            said = (((*path, "before", place, "operation"), one["operation"]) for place, one in before)
            note_unknown("operation", said, operations, manifest, problems)


def _good(manifest: Manifest, path: Path, recipe: Value, operation: Value, problems: Problems) -> None:
    names = [good["name"] for good in operation["good"]]
    note_unknown("good request", [((*path, "good"), recipe.get("good", names[0]))], names, manifest, problems)


def _changes(manifest: Manifest, path: Path, recipe: Value, route: Route, problems: Problems) -> None:
    for place in recipe.get("change", {}):
        if schema_at(route, place) is None:
            problems.add(manifest, (*path, "change", place), unknown("input", place, places(route)))
