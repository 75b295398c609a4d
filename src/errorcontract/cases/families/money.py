"""Does the ledger add up when orders come together?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from random import Random

from errorcontract.cases.kit import Kit, steps
from errorcontract.cases.spread import Spread, at_once, evenly
from errorcontract.model import Case, Operation

_ROUNDS: Sequence[tuple[str, Spread, int]] = (
    ("different orders at once", at_once(4), 62),
    ("12 different orders at once", at_once(12), 52),
    ("8 different orders within 20 ms", evenly(8, 0.02), 50),
)
_FIRST = 75
_MIXED = "different orders on several operations at once"


def cases(kit: Kit) -> Iterator[Case]:
    """Different orders at once, of one operation and of several."""
    if kit.contract.ledger is None:
        return
    paid = [one for one in kit.charging() if one.good[0].cost is not None and one.reference is not None]
    for rank, operation in enumerate(paid):
        for number, (variant, spread, tells) in enumerate(_ROUNDS):
            first = _FIRST if number == 0 and len(paid) == 1 else tells
            yield _side_by_side(kit, [operation], variant, spread, first - 14 * rank)
    if len(paid) > 1:
        yield _side_by_side(kit, paid, _MIXED, at_once(2 * len(paid)), _FIRST)
        yield _side_by_side(kit, paid, f"{_MIXED}, more", evenly(6 * len(paid), 0.02), 49)


def _side_by_side(kit: Kit, operations: Sequence[Operation], variant: str, spread: Spread, tells: int) -> Case:
    """Several different orders at once: each is done, and each is paid."""
    late = spread(Random(f"{kit.seed} {operations[0].id} {variant}"))  # noqa: S311 - not for secrets
    orders = [
        replace(kit.good_step("orders", operation.id), late=(seconds,), beside=place > 0)
        for place, (operation, seconds) in enumerate(zip(islice(cycle(operations), len(late)), late, strict=True))
    ]
    story = steps(kit.balance_step("balance-before"), *orders, kit.balance_step("balance-after"))
    return kit.story("money", operations[-1].id, variant, story, about="side-by-side", tells=tells, alone=True)
