"""Decides which values the documents allow: the contract's JSON Schema is the only judge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from errorcontract.cases.written import Written
from errorcontract.model import TEXT_BOUNDS, number_of

_encode = json.JSONEncoder(ensure_ascii=False).encode
_MOST_KNOWN = 1024
_known: dict[int, tuple[Mapping[str, Any], jsonschema_rs.Draft202012Validator]] = {}

# jsonschema-rs reads patterns as ECMA-262 does: `$` is the very end, \d is ASCII. Python's `re` lets a newline pass.


def allowed(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a value keeps the schema. Text that is not Unicode, as a lone surrogate, keeps none."""
    value = value.value if isinstance(value, Written) else value
    try:
        _encode(value).encode()
    except UnicodeEncodeError:
        return True  # no schema can tell; never to be judged
    return _validator(schema).is_valid(value)


def _validator(schema: Mapping[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """The validator of a schema, by the schema's identity: it is kept, so that no other one takes its place."""
    known = _known.get(id(schema))
    if known is None:
        if len(_known) >= _MOST_KNOWN:  # a contract holds far fewer; the rest were made for one value
            _known.clear()
        known = _known[id(schema)] = schema, _compiled(json.dumps(schema, sort_keys=True))
    return known[1]


@lru_cache(maxsize=512)
def _compiled(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(schema), validate_formats=True, keywords=_KEYWORDS)


class _TextBound:
    """A bound of a number that is written as a text. What spells no number is left to the rest of the schema."""

    sign = 1

    def __init__(self, _schema: Mapping[str, Any], bound: float, _path: Any) -> None:
        """Take the bound; the validator tells where it stands, too."""
        self._bound = bound

    def validate(self, instance: Any) -> None:
        """Raise ValueError for a number beyond the bound."""
        number = number_of(instance) if isinstance(instance, str) else None
        if number is not None and number * self.sign < self._bound * self.sign:
            raise ValueError(f"beyond {self._bound:g}")


class _TextMost(_TextBound):
    """The upper one."""

    sign = -1


_KEYWORDS: dict[str, Any] = {TEXT_BOUNDS["minimum"]: _TextBound, TEXT_BOUNDS["maximum"]: _TextMost}
