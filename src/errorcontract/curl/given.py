"""Values that a request holds since an earlier answer gave them: they must be asked for again."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from errorcontract.model import Exchange, Request, answer_of

_SHORTEST = 6  # shorter texts stand in many places by chance
AT = (
    "at() { python3 -c 'import json, sys; from urllib.parse import quote; from functools import reduce; "
    'body = json.loads(sys.stdin.read().replace("\\r", "").partition("\\n\\n")[2]); '
    "value = str(reduce(lambda part, name: part[int(name) if isinstance(part, list) else name], sys.argv[2:], body)); "
    'print(quote(value, safe="") if sys.argv[1] == "in-url" else value)\' "$@"; }'
)
"""A shell function that prints a member of an answer, by the names that lead to it."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A value of an answer, where it stands there, and the shell variable that takes it."""

    value: str
    path: Path
    variable: str
    in_url: bool = False

    def line(self, answer: str) -> str:
        """The command that fills the variable from the variable that holds the answer."""
        names = " ".join(map(shlex.quote, self.path))
        form = "in-url" if self.in_url else "plain"
        return f'{self.variable}=$(at {form} {names} <<< "${answer}")'


def text_of(request: Request) -> str:
    """All of a request in which a value may stand."""
    headers = "\n".join(value for _, value in request.headers)
    return f"{request.target}\n{headers}\n{(request.body or b'').decode('utf-8', 'replace')}"


def found(exchange: Exchange, later: str, known: str, pointers: Sequence[str] | None) -> Iterator[tuple[str, Path]]:
    """Values of an answer, with their places, that `later` requests hold and the `known` ones did not.

    `pointers`: where to look; None: everywhere.
    """
    for path, value in _leaves(answer_of(exchange), ()):
        if pointers is not None and "/" + "/".join(path) not in pointers:
            continue
        for form in dict.fromkeys((value, quote(value, safe="", errors="replace"))):
            if len(form) >= _SHORTEST and _stands_in(form, later) and not _stands_in(form, known):
                yield form, path


def named(values: Mapping[str, Path], first: int) -> list[Given]:
    """A variable for each value."""
    return [
        Given(value=value, path=path, variable=f"GIVEN_{first + place}", in_url="%" in value)
        for place, (value, path) in enumerate(values.items())
    ]


def _stands_in(value: str, text: str) -> bool:
    return value in text and re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text) is not None


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _leaves(part, (*path, str(name)))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from _leaves(part, (*path, str(place)))
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield path, str(value)
