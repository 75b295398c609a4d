"""The `{name}` notation: where values of the known data, and of earlier answers, go into a request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from errorcontract.contract.problem import Path

RESERVED = frozenset({"token", "new_reference", "story_reference", "absent", "now", "index"})
_NAME = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)(?:\.([A-Za-z_][A-Za-z0-9_]*))?\}")


def fill(value: Any, data: Mapping[str, Any]) -> Any:
    """Put known data into a value. A text that is one name as a whole takes the value's type; unknown names stay."""
    if isinstance(value, str):
        whole = _NAME.fullmatch(value)
        if whole and not whole[2] and whole[1] in data:
            return data[whole[1]]
        return _NAME.sub(lambda found: _text(found, data), value)
    if isinstance(value, dict):
        return {key: fill(member, data) for key, member in value.items()}
    if isinstance(value, list):
        return [fill(member, data) for member in value]
    return value


def names_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, str, str | None]]:
    """Every `{name}` and `{operation.name}` in a value, with its place."""
    if isinstance(value, str):
        for found in _NAME.finditer(value):
            yield path, found[1], found[2]
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from names_in(member, (*path, key))
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from names_in(member, (*path, number))


def _text(found: re.Match[str], data: Mapping[str, Any]) -> str:
    return str(data[found[1]]) if not found[2] and found[1] in data else found[0]
