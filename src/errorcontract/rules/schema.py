"""The envelope's schemas, compiled once for a run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jsonschema_rs

from errorcontract.model import Operation


class Envelope:
    """Judges success and error bodies against the `$defs` of the contract's envelope schema."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._validators = {
            name: jsonschema_rs.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})
            for name in ("success", "error")
            if name in schema.get("$defs", {})
        }

    def problems(self, kind: str, body: Any) -> Iterator[tuple[str, str]]:
        """What is wrong with a body, as (JSON Pointer, message)."""
        validator = self._validators.get(kind)
        if validator is None:
            return
        for path, message in errors(validator, body):
            yield "".join(f"/{part}" for part in path), message


class AnswerSchemas:
    """Judges the data of successes against the answer schemas of the OpenAPI document, compiled when first needed."""

    def __init__(self) -> None:
        self._validators: dict[str, jsonschema_rs.Draft202012Validator] = {}
        self._shapes: dict[int, tuple[Mapping[str, Any], jsonschema_rs.Draft202012Validator]] = {}

    def problems(self, operation: Operation, body: Any) -> Iterator[tuple[str, str]]:
        """What is wrong with a success body, as (JSON Pointer without list indices, message)."""
        if operation.answer_schema is None:
            return
        if operation.id not in self._validators:
            self._validators[operation.id] = jsonschema_rs.Draft202012Validator(dict(operation.answer_schema))
        for path, message in errors(self._validators[operation.id], body):
            yield "".join(f"/{part}" for part in path if not isinstance(part, int)), message

    def shape_problems(self, shape: Mapping[str, Any], answer: Any) -> Iterator[tuple[str, str]]:
        """What is wrong with an answer as {"status", "headers", "body"}, as (JSON Pointer without indices, message)."""
        known = self._shapes.get(id(shape))
        if known is None:  # the shape itself is kept, so that its id stays its own
            known = self._shapes[id(shape)] = (shape, jsonschema_rs.Draft202012Validator(dict(shape)))
        for path, message in errors(known[1], answer):
            yield "".join(f"/{part}" for part in path if not isinstance(part, int)), message


_Error = tuple[Sequence[str | int], str]


def errors(validator: jsonschema_rs.Draft202012Validator, body: Any) -> list[_Error]:
    """Every error as (path, message)."""
    try:
        if keeps(validator, body):
            return []
        return [(error.instance_path, _short(error)) for error in validator.iter_errors(body)]
    except UnicodeEncodeError:
        return errors(validator, _writable(body))
    except ValueError:
        return [((), "nested deeper than any documented body")]


def keeps(validator: jsonschema_rs.Draft202012Validator, body: Any) -> bool:
    """Whether there is no error. The validator takes neither lone surrogates nor what is nested hundreds deep."""
    try:
        return bool(validator.is_valid(body))
    except UnicodeEncodeError:
        return keeps(validator, _writable(body))
    except ValueError:
        return False


def _writable(body: Any) -> Any:
    return json.loads(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"))


def _short(error: jsonschema_rs.ValidationError) -> str:
    message = str(error.message)
    return message if len(message) <= 160 else f"{message[:157]}..."  # noqa: PLR2004
