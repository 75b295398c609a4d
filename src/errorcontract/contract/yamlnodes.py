"""YAML as contracts use it, read as a tree of nodes that know their lines."""

from __future__ import annotations

import contextlib
import re
from typing import Any

import yaml

from errorcontract.contract.problem import Path, Refused

DEEPEST = 60
TAG = "tag:yaml.org,2002:"
PLAIN = {
    "null": (r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    "bool": (r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    "int": (r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
    "float": (r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$", list("-0123456789")),
    "merge": (r"^<<$", ["<"]),
}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the shape that PyYAML asks for


for _name, (_pattern, _first) in PLAIN.items():
    _Loader.add_implicit_resolver(TAG + _name, re.compile(_pattern), _first)


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
                self._root = compose(self._text)
        return self._root


def compose(text: str) -> Any:
    """The root node of a text, None if it is empty; Refused with its line where it is no YAML."""
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
                raise Refused(f"is nested deeper than {DEEPEST} levels", _line_of(event.start_mark))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _member(node: Any, part: str | int) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        pairs = ((key, value) for key, value in node.value if key.value == str(part))
        return next(((key.start_mark.line + 1, value) for key, value in pairs), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None


def _line_of(mark: Any) -> int:
    return int(mark.line) + 1 if mark else 0
