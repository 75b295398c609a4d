"""The values of YAML as contracts use it: those of JSON, so `no` and `0556121212` stay texts; nothing else."""

from __future__ import annotations

import math
import re
from typing import Any

import yaml

from errorcontract.contract.problem import Refused
from errorcontract.contract.yamlnodes import DEEPEST, PLAIN, TAG, compose

MOST_VALUES = 200_000
LONGEST_NUMBER = 400


def parse(text: str) -> Any:
    """The value of a YAML text; Refused with its line where it is none, or too much."""
    node = compose(text)
    return None if node is None else _Builder().value(node, 0)


class _Builder:
    """Turns nodes into values; counts them, as an alias repeats its anchor's values."""

    def __init__(self) -> None:
        self.count = 0

    def value(self, node: Any, depth: int) -> Any:
        self.count += 1
        if self.count > MOST_VALUES:
            raise Refused(f"holds more than {MOST_VALUES:,} values once its aliases are expanded", _line(node))
        if depth > DEEPEST:
            raise Refused(f"is nested deeper than {DEEPEST} levels", _line(node))
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if isinstance(node, yaml.SequenceNode):
            _plain_tag(node, "seq")
            return [self.value(item, depth + 1) for item in node.value]
        _plain_tag(node, "map")
        return self.mapping(node, depth)

    def mapping(self, node: Any, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Refused("a key must be plain text", _line(key))
            if key.tag == TAG + "merge":
                self.merge(merged, value, depth)
            elif key.value in result:
                raise Refused(f"the key {key.value!r} stands twice", _line(key))
            else:
                result[key.value] = self.value(value, depth + 1)
        return {**merged, **result}

    def merge(self, into: dict[str, Any], node: Any, depth: int) -> None:
        for part in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            value = self.value(part, depth + 1)
            if not isinstance(value, dict):
                raise Refused("'<<' merges mappings only", _line(part))
            for key, member in value.items():
                into.setdefault(key, member)


def _scalar(node: Any) -> Any:
    text: str = node.value
    kind = node.tag.removeprefix(TAG)
    if kind in {"str", "merge"}:
        return text
    if kind == "null" and not text.strip("~nulNUL"):
        return None
    if kind == "bool" and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if kind in {"int", "float"} and re.search(PLAIN["float"][0], text):
        return _number(text, kind, _line(node))
    raise Refused(f"the tag {node.tag!r} is not supported here", _line(node))


def _number(text: str, kind: str, line: int) -> int | float:
    value = int(text) if kind == "int" and len(text) < LONGEST_NUMBER else float(text)
    if not math.isfinite(value):
        raise Refused(f"{text[:40]} is too large a number", line)
    return value


def _plain_tag(node: Any, kind: str) -> None:
    if node.tag != TAG + kind:
        raise Refused(f"the tag {node.tag!r} is not supported here", _line(node))


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1
