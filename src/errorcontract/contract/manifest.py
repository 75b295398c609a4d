"""Checks a manifest against manifest.schema.json and says what is wrong in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from errorcontract.contract.inherit import Manifest
from errorcontract.contract.problem import Path, Problems, nearest
from errorcontract.contract.rooms import room

_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}

_WIDEST = 60


def checked(manifest: Manifest, problems: Problems) -> Mapping[str, Any] | None:
    """The manifest without its unknown keys; None if more than those is wrong."""
    schema = json.loads((room() / "manifest.schema.json").read_text("utf-8"))
    sound = True
    strange: list[Path] = []
    for error in Draft202012Validator(schema).iter_errors(manifest.value):
        path: Path = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            for key in _extra(error):
                strange.append((*path, key))
                text = f"unknown key {key!r}{nearest(key, _schema(error)['properties'])}"
                problems.add(manifest, strange[-1], text, key=path)
        else:
            sound = False
            where = (*path, error.instance) if "propertyNames" in error.absolute_schema_path else path
            problems.add(manifest, where, _text(error))
    return _pruned(manifest.value, strange) if sound else None


def _extra(error: ValidationError) -> Iterator[str]:
    given: Any = error.instance
    return (key for key in given if key not in _schema(error)["properties"])


def _text(error: ValidationError) -> str:
    say = _SAY.get(str(error.validator))
    return say(error) if say else str(error.message)[:200]


def _quoted(error: ValidationError) -> list[str]:
    """The names that the validator's own message quotes."""
    return str(error.message).split("'")[1::2]


def _promised(error: ValidationError) -> Any:
    """The keyword's value, whatever the library says of its type."""
    return error.validator_value


def _schema(error: ValidationError) -> Any:
    """The schema that was broken."""
    return error.schema


def _lacks(error: ValidationError) -> str:
    return f"lacks {_quoted(error)[0]!r}"


def _depends(error: ValidationError) -> str:
    missing, there = _quoted(error)[:2]
    return f"lacks {missing!r}, which {there!r} needs"


def _type(error: ValidationError) -> str:
    kinds = _promised(error) if isinstance(_promised(error), list) else [_promised(error)]
    return f"must be {' or '.join(_KINDS[kind] for kind in kinds)}, not {_short(error.instance)}"


def _enum(error: ValidationError) -> str:
    near = nearest(error.instance, _promised(error)) if isinstance(error.instance, str) else ""
    return f"{_short(error.instance)} is none of {', '.join(_promised(error))}{near}"


def _pattern(error: ValidationError) -> str:
    example = next(iter(_schema(error).get("examples", ())), None)
    hint = f", such as {example}" if example else ""
    return f"{_short(error.instance)} is no {_schema(error).get('title', 'good text')}{hint}"


def _empty(_: ValidationError) -> str:
    return "must not be empty"


_SAY = {
    "required": _lacks,
    "dependentRequired": _depends,
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "minItems": _empty,
    "minProperties": _empty,
    "minLength": _empty,
}


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 3] + "..."


def _pruned(value: Any, paths: list[Path]) -> Any:
    """A copy of a value without what stands at the paths."""
    if not paths:
        return value
    here = {path[0] for path in paths if len(path) == 1}
    if isinstance(value, list):
        return [_pruned(item, _below(paths, number)) for number, item in enumerate(value)]
    return {key: _pruned(member, _below(paths, key)) for key, member in value.items() if key not in here}


def _below(paths: list[Path], part: str | int) -> list[Path]:
    return [path[1:] for path in paths if len(path) > 1 and path[0] == part]
