"""What the sequences of one search have in common: the requests to spend, and the breach that is sought."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from errorcontract.cases import Kit
from errorcontract.cases.machine import Sight, Turn, without
from errorcontract.exchange import Stage
from errorcontract.model import Case, Trace
from errorcontract.run.judging import Judging, Shown
from errorcontract.run.tally import Tally

_REMEMBERED = 16
"""Turns: those of a sequence, and of the one before it."""


class Spent(BaseException):
    """The requests are spent, or the target was given up: nothing more is sent."""


class ShownAgain(Exception):  # noqa: N818 - no error: it tells Hypothesis that a sequence shows something
    """A sequence shows what is sought."""


@dataclass(slots=True, kw_only=True)
class Purse:
    """Requests to spend at a target, played by `play`."""

    stage: Stage
    play: Callable[[Case], Trace]
    left: int

    def spend(self, case: Case) -> Trace:
        """Play a case. Raises Spent where it can't be paid."""
        left = self.left if self.stage.left is None else min(self.left, self.stage.left)
        if self.stage.ended or case.cost > left:
            self.left = 0
            raise Spent
        self.left -= case.cost
        trace = self.play(case)
        if self.stage.ended:
            self.left = 0
        return trace

    def with_only(self, requests: int) -> Purse:
        """A purse of its own at the same target."""
        return replace(self, left=requests)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A breach by the id that its finding would have, and the simplest sequence so far that shows it.

    `origin` is the sequence that showed it first, with what was played before: a target does not forget between them.
    """

    name: str
    shown: Shown
    turns: tuple[Turn, ...]
    origin: tuple[Turn, ...]

    @property
    def sight(self) -> Sight:
        """What must be looked at to see it."""
        return _sight(self.shown)

    def of(self, breaches: Mapping[str, Shown]) -> Shown | None:
        """The breach among others. What was paid too much may be told of an order, or of a refusal beside it."""
        alike = (one for one in breaches.values() if one[0] is self.shown[0] and _sight(one).balance)
        return breaches.get(self.name) or (next(alike, None) if self.sight.balance else None)


def _sight(shown: Shown) -> Sight:
    _, breach, trace = shown
    step = next(step for step, exchange in trace.exchanges if exchange.number == breach.exchange.number)
    looks = step.name.startswith("balance")
    return Sight(balance=looks, finds=not looks and not step.name.startswith("call"))


@dataclass(slots=True, kw_only=True)
class Hunt:
    """What the courses of one search have in common. `known` are breaches that were told, or were not so."""

    kit: Kit
    operation: str
    judging: Judging
    tally: Tally
    purse: Purse
    known: set[str]
    shrinking: int
    balance: bool = True
    """Whether the balance is looked at: one that moves by itself tells nothing."""
    sought: Sought | None = None
    past: list[Turn] = field(default_factory=list)
    """The last turns that were played."""

    def see(self, name: str, shown: Shown, turns: tuple[Turn, ...]) -> None:
        """Raise ShownAgain for a breach that is new; once there is one, for this one only."""
        if name in self.known or (self.sought and self.sought.name != name):
            return
        if self.sought is None:
            self.purse = self.purse.with_only(self.shrinking)
        origin = self.sought.origin if self.sought else without(self.past, ())
        self.sought = Sought(name=name, shown=shown, turns=turns, origin=origin)
        raise ShownAgain

    def played(self, turn: Turn) -> None:
        """Take note of what was played."""
        self.past = [*self.past[1 - _REMEMBERED :], turn]
