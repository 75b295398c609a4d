"""Known data, and values of earlier answers, that a manifest names."""

from __future__ import annotations

from errorcontract.contract.crosscheck.mentions import Value, note_unknown
from errorcontract.contract.inherit import Manifest
from errorcontract.contract.names import RESERVED, names_in
from errorcontract.contract.problem import Path, Problems, unknown

_DATA = "value of the known data"


def known_names(manifest: Manifest, value: Value, problems: Problems) -> None:
    """Every `{name}` must be known, and every `{operation.name}` be returned by what was sent earlier."""
    known = [*value.get("data", {}), *RESERVED]
    parts = {key: value[key] for key in ("operations", "causes", "data") if key in value}
    for path, name, member in names_in(parts):
        if member is None:
            note_unknown(_DATA, [(path, name)], known, manifest, problems)
        else:
            _earlier(manifest, value, path, (name, member), problems)


def _earlier(manifest: Manifest, value: Value, path: Path, named: tuple[str, str], problems: Problems) -> None:
    """Check `{operation.name}`, or `{before.name}` in a recipe that sends something before."""
    name, member = named
    told = _before(value, path)
    operations, operation = value["operations"], told.get(name, name)
    if operation not in operations:
        problems.add(manifest, path, unknown("operation", name, [*told, *operations]))
    elif member not in (returned := operations[operation].get("returns", {})):
        problems.add(manifest, path, unknown(f"value returned by {operation}", member, returned))


def _before(value: Value, path: Path) -> dict[str, str]:
    """What is sent before in the recipe that holds a path: operation by name."""
    if path[:1] != ("causes",) or len(path) < 4 or path[2] != "provoke":  # noqa: PLR2004
        return {}
    recipe = value["causes"][path[1]]["provoke"][path[3]]
    return {before["name"]: before["operation"] for before in recipe.get("before", ()) if "name" in before}


def private_names(manifest: Manifest, value: Value, problems: Problems) -> None:
    """Known data that is marked must be there."""
    said = (
        (("private", kind, "data", number), name)
        for kind, marked in value.get("private", {}).items()
        for number, name in enumerate(marked.get("data", ()))
    )
    note_unknown(_DATA, said, value.get("data", {}), manifest, problems)
