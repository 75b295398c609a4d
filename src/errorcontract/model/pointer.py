"""JSON Pointers (RFC 6901), with one addition: a part `[member=value]` is the first item whose member has that text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

MISSING: Final[Any] = object()
"""What a pointer gives where there is nothing."""

_SELECTOR = re.compile(r"\[([^=\]]+)=(.*)\]", re.DOTALL)
_Part = str | tuple[str, str]


def resolve(document: Any, pointer: str) -> Any:
    """The value at a pointer, MISSING where there is none."""
    for part in _parts(pointer):
        document = _selected(document, *part) if isinstance(part, tuple) else _member(document, part)
        if document is MISSING:
            break
    return document


def _member(document: Any, name: str) -> Any:
    if isinstance(document, dict):
        return document.get(name, MISSING)
    inside = isinstance(document, list) and name.isdecimal() and name.isascii() and int(name) < len(document)
    return document[int(name)] if inside else MISSING


def _selected(document: Any, member: str, value: str) -> Any:
    items = document if isinstance(document, list) else ()
    return next((item for item in items if isinstance(item, dict) and item.get(member) == value), MISSING)


@lru_cache(maxsize=1024)
def _parts(pointer: str) -> tuple[_Part, ...]:
    names = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    return tuple((found[1], found[2]) if (found := _SELECTOR.fullmatch(name)) else name for name in names)
