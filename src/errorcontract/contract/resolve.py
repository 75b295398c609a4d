"""Resolves `$ref` inside a document, and brings OpenAPI 3.0 schemas to JSON Schema 2020-12."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from errorcontract.contract.problem import Refused, nearest
from errorcontract.contract.yamltext import MOST_VALUES

DEEPEST = 100


class Resolver:
    """Gives values of one document without references. A schema that holds itself allows anything there."""

    def __init__(self, document: Mapping[str, Any], *, older: bool) -> None:
        self._document = document
        self._older = older
        self._count = 0
        self._cache: dict[str, Any] = {}

    def resolved(self, value: Any) -> Mapping[str, Any]:
        """A mapping with all references replaced by what they name; Refused if one leads nowhere."""
        self._count = 0
        result = self._walk(value, ())
        if not isinstance(result, dict):
            raise Refused("must be a mapping")
        return result

    def _walk(self, value: Any, trail: tuple[str, ...], depth: int = 0) -> Any:
        self._count += 1
        if self._count > MOST_VALUES or depth > DEEPEST:
            raise Refused("its references expand to too much")
        if isinstance(value, list):
            return [self._walk(item, trail, depth + 1) for item in value]
        if not isinstance(value, dict):
            return value
        reference = value.get("$ref")
        if isinstance(reference, str):
            beside = {key: self._walk(item, trail, depth + 1) for key, item in value.items() if key != "$ref"}
            return _joined(self._follow(reference, trail, depth), beside)
        result = {key: self._walk(item, trail, depth + 1) for key, item in value.items()}
        return _modern(result) if self._older else result

    def _follow(self, reference: str, trail: tuple[str, ...], depth: int) -> Any:
        if reference in trail:
            return {}
        if reference not in self._cache:
            found = self._walk(self._target(reference), (*trail, reference), depth + 1)
            if trail:
                return found
            self._cache[reference] = found
        return self._cache[reference]

    def _target(self, reference: str) -> Any:
        if not reference.startswith("#/"):
            raise Refused(f"the reference {reference!r} leads out of the document")
        value: Any = self._document
        for part in reference[2:].split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            if isinstance(value, dict) and key in value:
                value = value[key]
            elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
                value = value[int(key)]
            else:
                hint = nearest(key, value) if isinstance(value, dict) else ""
                raise Refused(f"the reference {reference!r} leads nowhere{hint}")
        return value


def _joined(target: Any, beside: Mapping[str, Any]) -> Any:
    if not beside or not isinstance(target, dict):
        return target
    return {**target, **beside} if beside.keys() <= {"description", "summary"} else {"allOf": [target, dict(beside)]}


def _modern(schema: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI 3.0 wrote null and exclusive bounds in its own way."""
    result = dict(schema)
    nullable = result.pop("nullable") if isinstance(result.get("nullable"), bool) else False
    if nullable and isinstance(result.get("type"), str):
        result["type"] = [result["type"], "null"]
        if isinstance(result.get("enum"), list) and None not in result["enum"]:
            result["enum"] = [*result["enum"], None]
    for bound in ("minimum", "maximum"):
        exclusive = "exclusive" + bound.capitalize()
        if isinstance(result.get(exclusive), bool) and result.pop(exclusive) and bound in result:
            result[exclusive] = result.pop(bound)
    return result
