"""The sequence that is always played first: nothing in it is left to chance."""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.cases.machine.calls import Call, Turn
from errorcontract.cases.machine.ways import Ways

NEXT = 3
"""Good ways of which one follows a refused call: what a refusal leaves behind, the next good call meets."""


def tour(ways: Ways) -> Iterator[Turn]:
    """Each good call, each refused one and a good one after it, and what can come upon the first call."""
    first, *others = (Call(way=way) for way in ways.good)
    yield (first,)
    yield from ((call,) for call in others)
    for place, way in enumerate(ways.refused):
        yield (Call(way=way),)
        yield (Call(way=ways.good[place % NEXT % len(ways.good)]),)
    yield from ((Call(way=way),) for way in ways.beside)
    if first.way.refers:
        yield (Call(way=first.way, of=first),)
    yield from ((Call(way=way, of=first),) for way in ways.later)
