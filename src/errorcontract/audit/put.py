"""Writes a value at a JSON Pointer, and makes what is missing on the way."""

from __future__ import annotations

import re
from typing import Any

_SELECTOR = re.compile(r"\[([^=\]]+)=(.*)\]", re.DOTALL)


def put(document: dict[str, Any], pointer: str, value: Any) -> None:
    """Set what a pointer leads to. A part `[member=value]` makes such an item where the list has none."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    here: Any = document
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        if following is None:
            _set(here, part, value)
        else:
            here = _step(here, part, [] if _SELECTOR.fullmatch(following) else {})


def _step(here: Any, part: str, empty: Any) -> Any:
    if found := _SELECTOR.fullmatch(part):
        item = next((one for one in here if isinstance(one, dict) and one.get(found[1]) == found[2]), None)
        if item is None:
            item = {found[1]: found[2]}
            here.append(item)
        return item
    if not isinstance(here.get(part), type(empty)):
        here[part] = empty
    return here[part]


def _set(here: Any, part: str, value: Any) -> None:
    if isinstance(here, dict):
        here[part] = value
