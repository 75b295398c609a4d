"""The form of a JSON value: which members stand where, and of what types. Values are no part of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

_WORD = re.compile(r"[\w-]+")
_LARGE = 20_000  # values and characters of names beyond which nobody compares forms
_KINDS = ((bool, "true or false"), (dict, "object"), (list, "list"), (str, "text"), (int | float, "number"))
_ANY = "null"

Kinds = Mapping[str, set[str]]


def unlike(one: Any, other: Any, *, counted: bool = False) -> list[str]:
    """The places that stand in one of two values only, or hold another type there.

    `counted`: lists of different lengths are not looked into, as what they list may have changed meanwhile.
    """
    first, second = _form(one), _form(other)
    if first is None or second is None:
        return []
    (mine, lengths), (theirs, others) = first, second
    left = [f"{place}/*" for place in lengths.keys() | others.keys() if lengths.get(place) != others.get(place)]
    apart = {place for place in mine.keys() | theirs.keys() if not _alike(mine.get(place), theirs.get(place))}
    hidden = left if counted else ()
    seen = {place for place in apart if not any(_lies_in(place, one) for one in hidden)}
    return sorted(place for place in seen if _is_topmost(place, seen))


def _lies_in(place: str, above: str) -> bool:
    return f"{place}/".startswith(f"{above}/")


def _is_topmost(place: str, places: set[str]) -> bool:
    """Whether none of the places above it is among the places: what is there no more has no members either."""
    parts = place.split("/")
    return not any("/".join(parts[:number]) in places for number in range(1, len(parts)))


def _alike(one: set[str] | None, other: set[str] | None) -> bool:
    return one is not None and other is not None and (one == other or _ANY in one | other)


def _form(value: Any) -> tuple[Kinds, Mapping[str, Counter[int]]] | None:
    """The types at each place, the items of a list as one, and how long the lists are. None where it is very large."""
    size = 0
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    lengths: defaultdict[str, Counter[int]] = defaultdict(Counter)
    stack = [("", value)]
    while stack:
        place, value = stack.pop()
        size += 1 + len(place)
        if size > _LARGE:
            return None
        kinds[place].add(next((name for kind, name in _KINDS if isinstance(value, kind)), _ANY))
        if isinstance(value, list):
            lengths[place][len(value)] += 1
        stack += _inside(place, value)
    return kinds, lengths


def _inside(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from ((f"{place}/{_named(name)}", member) for name, member in value.items())
    elif isinstance(value, list):
        yield from ((f"{place}/*", item) for item in value)


def _named(name: str) -> str:
    """A name; one that holds a number, such as the id of something, stands for all of them."""
    if len(name) > _LARGE:
        return name
    return _WORD.sub(lambda word: "#" if any(map(str.isdigit, word[0])) else word[0], name)
