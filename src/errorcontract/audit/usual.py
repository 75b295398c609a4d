"""What a client usually does: what it calls when all goes well, how it ends after errors that it can know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from errorcontract.audit.heard import Heard
from errorcontract.audit.identity import ANONYMOUS
from errorcontract.audit.played import Played
from errorcontract.model import Ending, route


def calls_of(heard: Sequence[Heard]) -> dict[str, tuple[int, int, int]]:
    """For each place, ids left out: how many different contents, how often the same at most, how many in all."""
    places: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in heard:
        places[route(one.attempt.place)][one.attempt.content] += 1
    return {place: (len(contents), max(contents.values()), contents.total()) for place, contents in places.items()}


def changing_of(heard: Sequence[Heard]) -> frozenset[str]:
    """The places that change something, but for the first of them where it fetches the credential of the others."""
    changing = [one.attempt for one in heard if not one.attempt.place.startswith(("GET ", "HEAD ", "OPTIONS "))]
    places = frozenset(one.place for one in changing)
    named = frozenset(one.place for one in changing if one.credential != ANONYMOUS)
    return named if changing and named == places - {changing[0].place} and named else places


def endings_of(finished: Iterable[Played]) -> dict[str, tuple[Ending, ...]]:
    """How it ended after errors that last and that it can know, by their class."""
    found: defaultdict[str, list[Ending]] = defaultdict(list)
    for played in finished:
        if played.script.lasting and not played.script.strange and played.conduct.ending and played.heard:
            found[played.script.kind].append(played.conduct.ending)
    return {kind: tuple(endings) for kind, endings in found.items()}
