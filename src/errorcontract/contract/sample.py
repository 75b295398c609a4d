"""One value that a schema means: its example, else the plainest that keeps it, as far as that is easily said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_FORMATS = {
    "date-time": "2024-01-31T10:00:00Z",
    "date": "2024-01-31",
    "time": "10:00:00Z",
    "email": "somebody@example.com",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "uri": "https://example.com/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
}
_DEEPEST = 12


def sample(schema: Any, depth: int = 0) -> Any:
    """A value after a JSON Schema; {} where it allows anything."""
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        return {}
    for key in ("example", "default", "const"):
        if key in schema:
            return schema[key]
    for key in ("examples", "enum"):
        if isinstance(schema.get(key), list) and schema[key]:
            return schema[key][0]
    for key in ("oneOf", "anyOf"):
        if isinstance(schema.get(key), list) and schema[key]:
            return sample(schema[key][0], depth + 1)
    return _of_type(_joined(schema), depth)


def _joined(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema with the members of its `allOf` in it."""
    joined: dict[str, Any] = {key: value for key, value in schema.items() if key != "allOf"}
    for part in schema.get("allOf", []) if isinstance(schema.get("allOf"), list) else ():
        inner = _joined(part) if isinstance(part, Mapping) else {}
        properties = {**inner.get("properties", {}), **joined.get("properties", {})}
        required = [*inner.get("required", []), *joined.get("required", [])]
        joined = {**inner, **joined, "properties": properties, "required": required}
    return joined


def _of_type(schema: Mapping[str, Any], depth: int) -> Any:
    kind = schema.get("type")
    kind = next((one for one in kind if one != "null"), "null") if isinstance(kind, list) and kind else kind
    if kind == "string":
        return _text(schema)
    if kind in {"integer", "number"}:
        return _number(schema)
    if kind == "array":
        return [sample(schema.get("items"), depth + 1) for _ in range(min(int(schema.get("minItems", 0)), 100))]
    if kind == "boolean":
        return True
    return None if kind == "null" else _members(schema, depth)


def _members(schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
    properties = schema.get("properties", {})
    return {name: sample(properties.get(name, {}), depth + 1) for name in schema.get("required", [])}


def _text(schema: Mapping[str, Any]) -> str:
    plain = _FORMATS.get(str(schema.get("format")), "text")
    shortest, longest = int(schema.get("minLength", 0)), int(schema.get("maxLength", len(plain) + 1_000_000))
    return plain.ljust(min(shortest, 100_000), "x")[:longest]


def _number(schema: Mapping[str, Any]) -> float:
    whole = schema.get("type") != "number"
    low = max(1, schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
    number = min(low, schema.get("maximum", low))
    return int(number) if whole else float(number)
