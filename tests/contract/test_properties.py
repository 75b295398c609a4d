from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from errorcontract.contract import lint, load
from errorcontract.contract.rooms import room
from errorcontract.contract.source import read
from errorcontract.errors import ContractError

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
FILES = ("contract.yaml", "openapi.yaml", "envelope.schema.json", "codes.schema.json")
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["{plan}", "{x.y}", "/a", "body/ref", "read", "documented", "#/components/schemas/Error", "(", "3.0.0", "phone"]
    )
)
KEYS = st.text(max_size=6) | st.sampled_from(
    ["contract", "extends", "$ref", "oneOf", "properties", "paths", "get", "operations"]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)
ANY_BYTES = st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))


@pytest.fixture(scope="module")
def spoilable():
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copytree(room() / "oneclickdz", Path(folder) / "copy"))


def a_key(holder):
    return st.sampled_from(sorted(holder)) if isinstance(holder, dict) else st.integers(0, len(holder) - 1)


def judged(folder):
    found = lint(folder)
    assert all(problem.file and problem.text and str(problem) for problem in found)
    if found:
        with pytest.raises(ContractError):
            load(folder)


def with_content(folder, name, content):
    original = (folder / name).read_bytes()
    (folder / name).write_bytes(content)
    try:
        judged(folder)
    finally:
        (folder / name).write_bytes(original)


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(FILES), content=ANY_BYTES)
def test_any_bytes_are_refused_without_a_traceback(spoilable, name, content):
    with_content(spoilable, name, content)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_value_in_any_place_is_taken_or_refused_in_words(spoilable, data):
    name = data.draw(st.sampled_from(FILES))
    value = json.loads(json.dumps(read(spoilable / name, name).value))
    holder, key = value, data.draw(a_key(value))
    while isinstance(holder[key], dict | list) and holder[key] and data.draw(st.booleans()):
        holder = holder[key]
        key = data.draw(a_key(holder))
    if data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(VALUES)
    text = json.dumps(value) if name.endswith("json") else yaml.dump(value, Dumper=DUMPER, allow_unicode=True)
    with_content(spoilable, name, text.encode("utf-8", "surrogatepass"))
