"""The schemas of one operation's inputs and answers, read from the OpenAPI document with care."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs

from errorcontract.contract.problem import Refused
from errorcontract.contract.resolve import Resolver

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")

Parameters = Mapping[tuple[str, str], tuple[Mapping[str, Any], bool]]
"""Schema and whether it is required, by ("query" or "path" ..., name)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The body of a request: JSON, or a form. `beside` is what stands beside the schema, such as examples."""

    schema: Mapping[str, Any] | None = None
    required: bool = False
    media: str | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)


NO_BODY = Body()


def parameters_of(resolver: Resolver, item: Mapping[str, Any], spec: Mapping[str, Any]) -> Parameters:
    """The parameters of an operation, those of its path included."""
    found: dict[tuple[str, str], tuple[Mapping[str, Any], bool]] = {}
    for entry in [*_list(item.get("parameters")), *_list(spec.get("parameters"))]:
        parameter = resolver.resolved(entry)
        where = str(parameter.get("in"))
        required = where == "path" or parameter.get("required") is True
        found[where, str(parameter.get("name"))] = (_sound(parameter.get("schema", {})) or {}, required)
    return found


def body_of(resolver: Resolver, spec: Mapping[str, Any]) -> Body:
    """The JSON body of an operation."""
    if "requestBody" not in spec:
        return NO_BODY
    body = resolver.resolved(spec["requestBody"])
    media, content = _json(body)
    if media is None:
        media, content = _form(body)
    beside = {key: value for key, value in content.items() if key != "schema"}
    schema = _sound(content.get("schema", {})) if media else None
    return Body(schema=schema, required=body.get("required") is True, media=media, beside=beside)


def answer_of(resolver: Resolver, spec: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The schema of the first success answer."""
    answers = spec.get("responses")
    good = sorted(status for status in answers if status.startswith("2")) if isinstance(answers, dict) else []
    if not isinstance(answers, dict) or not good:
        return None
    _, content = _json(resolver.resolved(answers[good[0]]))
    return _sound(content.get("schema", True))


def _json(holder: Mapping[str, Any]) -> tuple[str | None, Mapping[str, Any]]:
    """The first JSON media type with what it holds."""
    content = holder.get("content")
    for name, media in content.items() if isinstance(content, dict) else ():
        if "json" in name.lower() and isinstance(media, dict):
            return name, media
    return None, {}


def _form(holder: Mapping[str, Any]) -> tuple[str | None, Mapping[str, Any]]:
    """The first media type of a form with what it holds."""
    content = holder.get("content")
    for name, media in content.items() if isinstance(content, dict) else ():
        if name.lower() in FORMS and isinstance(media, dict):
            return name, media
    return None, {}


def _sound(schema: Any) -> Mapping[str, Any] | None:
    """A schema that a validator takes; None for the one that allows everything."""
    try:
        jsonschema_rs.Draft202012Validator(schema)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError, TypeError) as error:
        raise Refused(f"holds a schema that is none: {getattr(error, 'message', None) or error}"[:300]) from None
    return schema if isinstance(schema, dict) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
