"""What a rule is: an id, the promise it stands for, and a judgement on the evidence of one case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from errorcontract.model import Breach
from errorcontract.rules.evidence import Evidence

KEPT = None
"""Yielded for a promise that was judged and kept."""

Judgement = Iterator[Breach | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One promise.

    `judge` yields a Breach for each time it was broken and KEPT for each time it was kept; it yields nothing for a
    case that does not concern it.
    """

    id: str
    group: str
    title: str
    judge: Callable[[Evidence], Judgement]
    story: bool = False
    """Whether it takes the whole case to see the breach, not just the exchange that shows it."""
    doubtful: Callable[[Evidence], bool] = lambda _: False
    """Whether somebody else's doing could explain what it sees in a case: then the story must show it twice."""
    sends: int = 1
    """How often a request must be sent for the breach to show."""
