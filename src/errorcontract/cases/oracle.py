"""Decides which values the documents allow: the contract's JSON Schema is the only judge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from errorcontract.cases.written import Written

# jsonschema-rs reads patterns as ECMA-262 does: `$` is the very end, \d is ASCII. Python's own `re` lets a newline pass.


def allowed(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a value keeps the schema. Text that is not Unicode, as a lone surrogate, keeps none."""
    value = value.value if isinstance(value, Written) else value
    if any("\ud800" <= char <= "\udfff" for char in json.dumps(value, ensure_ascii=False)):
        return True  # no schema can tell; never to be judged
    return _validator(json.dumps(schema, sort_keys=True)).is_valid(value)


@lru_cache(maxsize=512)
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(schema))
