"""Requests that have nothing to do with one another, at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from errorcontract.cases.families.races.beside_refused import REFUSED
from errorcontract.cases.families.races.one_effect import effects, together
from errorcontract.cases.kit import Kit
from errorcontract.cases.refused import refused_requests
from errorcontract.model import Case, Operation

_DIFFERENT = 8
_TIMES_TOGETHER = 4


def different(kit: Kit) -> Iterator[Case]:
    """Several good requests at once that have nothing to do with one another; `money` asks so what costs money."""
    writing = [one for one in kit.contract.operations.values() if one.effect == "write" and _fresh(one)]
    for rank, operation in enumerate(writing):
        step = replace(kit.good_step("different", operation.id), copies=_DIFFERENT)
        story = (step, *effects(kit, operation))
        about = {"about": "different", "tells": max(50, 66 - 4 * rank), "alone": True}
        yield kit.story("races", operation.id, "different ones at once", story, **about)


def refused_together(kit: Kit) -> Iterator[Case]:
    """What must be refused is refused in a crowd, too: nothing gives way because many ask."""
    changing = [one for one in kit.contract.operations.values() if one.effect != "read"]
    for rank, operation in enumerate(changing):
        refused = [step for _, step in refused_requests(kit, operation)][:REFUSED]
        crowd = [replace(step, name="refused", copies=_TIMES_TOGETHER) for step in refused]
        if crowd:
            story = (*together(crowd),)
            tells = max(47, 55 - 2 * rank)
            yield kit.story("races", operation.id, "refused ones at once", story, tells=tells, alone=True)


def _fresh(operation: Operation) -> bool:
    """Whether each of its good requests is another one."""
    good = operation.good[0]
    return "{new_reference}" in repr((good.body, good.query, good.path))
