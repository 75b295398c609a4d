"""One reference that comes several times at once: how many come, and how they are spread."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from errorcontract.cases.families.races.one_effect import one_effect
from errorcontract.cases.kit import Kit
from errorcontract.cases.spread import Spread, at_once, evenly, last_late
from errorcontract.cases.uses import other_use, use
from errorcontract.model import Case, Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One race: how many come and how they are spread; `bodies`: every other one has another body.

    `heels`: the others come all at once when the first one is answered.
    """

    name: str
    spread: Spread
    tells: int
    bodies: bool = False
    heels: bool = False


ROUNDS = (
    Round(name="4 at once with two bodies", spread=at_once(4), tells=88, bodies=True),
    Round(name="8 within 30 ms", spread=evenly(8, 0.03), tells=75),
    Round(name="16 at once", spread=at_once(16), tells=74),
    Round(name="4 at the heels of one", spread=at_once(5), tells=72, heels=True),
    Round(name="4 at once", spread=at_once(4), tells=64),
    Round(name="2, one of them late", spread=last_late(2, 0.025), tells=62),
    Round(name="8 within 5 ms", spread=evenly(8, 0.005), tells=60),
    Round(name="16 at once with two bodies", spread=at_once(16), tells=54, bodies=True),
    Round(name="8 within 30 ms once more", spread=evenly(8, 0.03), tells=52),
    Round(name="12, one of them late", spread=last_late(12, 0.025), tells=50),
    Round(name="16 within 60 ms", spread=evenly(16, 0.06), tells=48),
    Round(name="16 within 120 ms", spread=evenly(16, 0.12), tells=46),
)
"""The gap between a look and a write may be short, or long, or there under load only."""


def race(kit: Kit, operation: Operation, round_: Round, less: int) -> Case:
    """One round on an operation; `less` is taken from what it tells."""
    late = round_.spread(Random(f"{kit.seed} {operation.id} {round_.name}"))  # noqa: S311 - not for secrets
    racers = [use(kit, operation), *([other_use(kit, operation)] if round_.bodies else [])]
    known = [racer for racer in racers if racer is not None]
    return one_effect(kit, operation, round_.name, known, late, round_.tells - less, heels=round_.heels)
