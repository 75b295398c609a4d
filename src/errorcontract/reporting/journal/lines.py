"""The lines of a journal, whatever state the run left it in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_LONGEST = 64 * 1024 * 1024  # no line of ours is half as long
_WITHOUT_RUN = "session"


def read_lines(path: Path) -> Iterator[dict[str, Any] | None]:
    """The objects of a journal; None for a line that is torn or no object."""
    with path.open("rb") as journal:
        while raw := journal.readline(_LONGEST):
            if len(raw) == _LONGEST:
                while (rest := journal.readline(_LONGEST)) and not rest.endswith(b"\n"):
                    pass
                yield None
            elif raw.strip() and (line := _object(raw)) != {}:
                yield line


def _object(raw: bytes) -> dict[str, Any] | None:
    """The object of a line, empty for one that is about no run, None for what is none."""
    try:
        line = json.loads(raw.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(line, dict) or line.get("run") is None:
        return {} if isinstance(line, dict) and line.get("type") == _WITHOUT_RUN else None
    return line
