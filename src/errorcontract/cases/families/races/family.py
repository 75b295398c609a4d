"""All races of a contract."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from errorcontract.cases.families.races.across import across
from errorcontract.cases.families.races.beside_refused import beside_refused
from errorcontract.cases.families.races.crowds import different, refused_together
from errorcontract.cases.families.races.rounds import ROUNDS, race
from errorcontract.cases.kit import Kit
from errorcontract.cases.machine.ends import ends
from errorcontract.model import Case

_NEXT_OPERATION = 18


def cases(kit: Kit) -> Iterator[Case]:
    """One reference in rounds of races, beside refused requests, and on two operations; then different ones."""
    operations = list(kit.referencing())
    for rank, operation in enumerate(operations):
        less = _NEXT_OPERATION * rank
        yield from (race(kit, operation, round_, less) for round_ in ROUNDS)
        yield from beside_refused(kit, operation, less)
        yield from chain.from_iterable(across(kit, operation, other) for other in operations[rank + 1 :])
    yield from different(kit)
    yield from refused_together(kit)
    yield from ends(kit)
