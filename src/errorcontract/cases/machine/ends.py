"""Deletions at the same moment: of one thing, and of several beside new orders. The model judges what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errorcontract.cases.kit import Kit
from errorcontract.cases.machine.calls import Call, Telling, Turn, Way
from errorcontract.cases.machine.ways import pays, ways
from errorcontract.model import Case, Operation, Step

_AT_ONCE, _BESIDE = 4, 6
_TELLS = (("4 deletions at once", 69), ("6 deletions beside 6 others", 61), ("2 deletions at once", 55))


def ends(kit: Kit) -> Iterator[Case]:
    """For each operation whose deletion gives money back or not, as the documents say."""
    told = [one for one in kit.contract.operations.values() if kit.contract.ledger and pays(one) and _is_told(one)]
    for rank, operation in enumerate(told):
        known = ways(kit, operation.id)
        stories = (_of_one(known.good[0], known.later[0], _AT_ONCE), _of_several(known.good[0], known.later[0]))
        for (variant, tells), turns in zip(_TELLS, (*stories, _of_one(known.good[0], known.later[0], 2)), strict=True):
            yield _case(kit, operation, variant, turns, tells - 6 * rank)


def _is_told(operation: Operation) -> bool:
    makes = operation.makes
    return makes is not None and makes.deleted_by is not None and makes.gives_back is not None


def _of_one(good: Way, ending: Way, times: int) -> tuple[Turn, Turn]:
    made = Call(way=good)
    return (made,), tuple(Call(way=ending, of=made) for _ in range(times))


def _of_several(good: Way, ending: Way) -> tuple[Turn, Turn]:
    made = tuple(Call(way=good) for _ in range(_BESIDE))
    pairs = ((Call(way=ending, of=one), Call(way=good)) for one in made)
    return made, tuple(call for pair in pairs for call in pair)


def _case(kit: Kit, operation: Operation, variant: str, turns: Sequence[Turn], tells: int) -> Case:
    telling, story = Telling(kit), list[Step]()
    for turn in turns:
        story += telling.turn(turn)
        story += telling.balance()
    return kit.story("races", operation.id, variant, tuple(story), about="ledger", tells=tells, alone=True)
