"""YAML as contracts use it: the JSON values of YAML 1.2, so `no` and `0556121212` stay strings; nothing else."""

from __future__ import annotations

import contextlib
import math
import re
from typing import Any

import yaml

from errorcontract.contract.problem import Path, Refused

MOST_VALUES = 200_000
DEEPEST = 60
LONGEST_NUMBER = 400
_TAG = "tag:yaml.org,2002:"
_PLAIN = {
    "null": (r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    "bool": (r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    "int": (r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
    "float": (r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$", list("-0123456789")),
    "merge": (r"^<<$", ["<"]),
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the shape that PyYAML asks for


for _name, (_pattern, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(_pattern), _first)


def parse(text: str) -> Any:
    """The value of a YAML text; Refused with its line where it is none, or too much."""
    node = _compose(text)
    return None if node is None else _Builder().value(node, 0)


class Lines:
    """Where the values of a text stand. The text is read again only when the first line is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: Any = None
        self._read = False

    def line(self, path: Path) -> int:
        """The line (from 1) of the value at `path`, of the nearest outer one if it isn't there; 0 if unreadable."""
        node = self._node()
        line = 1 if node is not None else 0
        for part in path:
            found = _member(node, part)
            if found is None:
                break
            line, node = found
        return line

    def _node(self) -> Any:
        if not self._read:
            self._read = True
            with contextlib.suppress(Refused):
                self._root = _compose(self._text)
        return self._root


def _compose(text: str) -> Any:
    loader = _Loader(text)
    try:
        _refuse_deep(text)
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Refused(f"is no YAML: {error.problem or error}", mark.line + 1 if mark else 0) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Refused(f"is no YAML: {str(error).splitlines()[0]}") from None
    finally:
        loader.dispose()


def _refuse_deep(text: str) -> None:
    """The composer recurses in C and would take the process down with it; events don't nest."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise Refused(f"is nested deeper than {DEEPEST} levels", event.start_mark.line + 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _member(node: Any, part: str | int) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        pairs = ((key, value) for key, value in node.value if key.value == str(part))
        return next(((key.start_mark.line + 1, value) for key, value in pairs), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None


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
            if key.tag == _TAG + "merge":
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
    kind = node.tag.removeprefix(_TAG)
    if kind in {"str", "merge"}:
        return text
    if kind == "null" and not text.strip("~nulNUL"):
        return None
    if kind == "bool" and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if kind in {"int", "float"} and re.search(_PLAIN["float"][0], text):
        return _number(text, kind, _line(node))
    raise Refused(f"the tag {node.tag!r} is not supported here", _line(node))


def _number(text: str, kind: str, line: int) -> int | float:
    value = int(text) if kind == "int" and len(text) < LONGEST_NUMBER else float(text)
    if not math.isfinite(value):
        raise Refused(f"{text[:40]} is too large a number", line)
    return value


def _plain_tag(node: Any, kind: str) -> None:
    if node.tag != _TAG + kind:
        raise Refused(f"the tag {node.tag!r} is not supported here", _line(node))


def _line(node: Any) -> int:
    return int(node.start_mark.line) + 1
