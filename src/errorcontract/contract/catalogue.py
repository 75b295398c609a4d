"""The code table: codes.schema.json as a mapping of codes, its annotations read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from errorcontract.contract.problem import Path, Problems, unknown
from errorcontract.contract.source import Source
from errorcontract.model import Basis, Code, Provenance, RetryClass

ANNOTATIONS = (
    "x-retry",
    "x-provenance",
    "x-source",
    "x-message",
    "x-provokable",
    "x-why-not",
    "x-note",
    "x-type",
    "x-type-provenance",
)


def codes(source: Source, problems: Problems) -> dict[str, Code]:
    """The codes by name. A branch that can't be read is a problem and left out."""
    if not sound_schema(source, (), source.value, problems):
        return {}
    branches = source.value.get("oneOf")
    if not isinstance(branches, list) or not branches:
        problems.add(source, (), "lacks 'oneOf', a list with one branch for each code")
        return {}
    found: dict[str, Code] = {}
    for number, branch in enumerate(branches):
        code = _code(source, ("oneOf", number), branch, problems)
        if code is None:
            continue
        if code.code in found:
            problems.add(source, ("oneOf", number), f"the code {code.code!r} stands twice")
        found[code.code] = code
    return found


def sound_schema(source: Source, path: Path, schema: Any, problems: Problems) -> bool:
    """Whether a value is a JSON Schema; a problem if not."""
    try:
        jsonschema_rs.Draft202012Validator(schema)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
        at = tuple(getattr(error, "instance_path", ()))
        problems.add(source, (*path, *at), f"is no JSON Schema: {getattr(error, 'message', None) or error}"[:300])
        return False
    return True


def _code(source: Source, path: Path, branch: Any, problems: Problems) -> Code | None:
    properties = branch.get("properties") if isinstance(branch, dict) else None
    listed = properties if isinstance(properties, dict) else {}
    code, status = listed.get("code"), listed.get("status")
    name = code.get("const") if isinstance(code, dict) else None
    if not isinstance(name, str) or not isinstance(status, dict):
        problems.add(source, path, "must have 'properties' with 'code' as a const and 'status'")
        return None
    before = len(problems.found)
    for key in branch:
        if key.startswith("x-") and key not in ANNOTATIONS:
            problems.add(source, (*path, key), unknown("annotation", key, ANNOTATIONS))
    retry = _choice(source, path, branch, "x-retry", RetryClass, problems)
    provenance = _choice(source, path, branch, "x-provenance", Provenance, problems)
    _texts(source, path, branch, problems)
    if retry is None or provenance is None or len(problems.found) > before:
        return None
    return Code(
        code=name,
        statuses=_statuses(status),
        retry=RetryClass(retry),
        basis=Basis(provenance=Provenance(provenance), source=branch["x-source"]),
        provokable=branch.get("x-provokable", True),
        why_not=branch.get("x-why-not"),
        message=branch.get("x-message"),
        types=_types(branch.get("x-type")),
        type_basis=Basis(
            provenance=Provenance(branch.get("x-type-provenance", provenance)), source=branch["x-source"]
        ),
    )


def _types(said: Any) -> frozenset[str]:
    return frozenset([said] if isinstance(said, str) else said or ())


def _statuses(schema: Mapping[str, Any]) -> frozenset[int]:
    """The statuses that a branch names one by one; a range names none."""
    listed = [schema["const"]] if "const" in schema else schema.get("enum", [])
    return frozenset(status for status in listed if isinstance(status, int))


def _choice(
    source: Source,
    path: Path,
    branch: Mapping[str, Any],
    key: str,
    choices: type[RetryClass | Provenance],
    problems: Problems,
) -> str | None:
    value = branch.get(key)
    allowed = [str(choice) for choice in choices]
    if value in allowed:
        return str(value)
    text = f"lacks {key!r}, one of {', '.join(allowed)}" if value is None else unknown("value", str(value), allowed)
    problems.add(source, (*path, key) if key in branch else path, text)
    return None


def _texts(source: Source, path: Path, branch: Mapping[str, Any], problems: Problems) -> None:
    if not isinstance(branch.get("x-source"), str):
        problems.add(source, path, "lacks 'x-source', the place in the documents")
    if not isinstance(branch.get("x-provokable", True), bool):
        problems.add(source, (*path, "x-provokable"), "must be true or false")
    for key in ("x-message", "x-why-not"):
        if not isinstance(branch.get(key, ""), str):
            problems.add(source, (*path, key), "must be a text")
    if branch.get("x-type-provenance", "documented") not in list(Provenance):
        problems.add(source, (*path, "x-type-provenance"), f"must be one of {', '.join(Provenance)}")
    if branch.get("x-provokable") is False and not branch.get("x-why-not"):
        problems.add(source, path, "lacks 'x-why-not': why it can't be provoked from outside")
