"""docs/contracts.md tells every key and every word that contract.yaml may hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from errorcontract.contract.rooms import room

GUIDE = Path(__file__).parents[2] / "docs" / "contracts.md"
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def told(text: str) -> set[str]:
    """Every word that stands in code type outside of the examples."""
    return set(re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", FENCE.sub("", text)))))


def keys(schema: Any) -> Iterator[str]:
    """Every member that a schema names, however deep, and every word that it lists."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        yield from (word for word in schema.get("enum", []) if isinstance(word, str))
        for key, value in schema.items():
            yield from (name for one in value.values() for name in keys(one)) if key == "properties" else keys(value)
    elif isinstance(schema, list):
        yield from (name for one in schema for name in keys(one))


@pytest.mark.skipif(not GUIDE.is_file(), reason="no documents beside an installed package")
def test_every_key_and_word_of_a_manifest_is_told():
    schema = json.loads((room() / "manifest.schema.json").read_text("utf-8"))
    text = GUIDE.read_text("utf-8")
    rules = set(re.findall(r"rules/([\w-]+)\.md", text))
    assert {"bounds", "violates", "hidden-or-403"} <= set(keys(schema))
    assert sorted(set(keys(schema)) - told(text) - rules) == []
