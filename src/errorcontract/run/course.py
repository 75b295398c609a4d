"""One sequence on its way: each turn is played as it is drawn, and the model is asked after each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from errorcontract.cases.machine import FAMILY, Call, Sight, Telling, Turn
from errorcontract.model import Case, Exchange, Step, Trace
from errorcontract.run.hunt import Hunt


@dataclass(slots=True, kw_only=True)
class Course:
    """One sequence as it is played.

    The balance is looked at first and after each turn. So is what the turn made, and one thing of an earlier turn, each
    in its turn; at the end everything is.
    """

    hunt: Hunt
    telling: Telling
    turns: list[Turn] = field(default_factory=list)
    played: list[tuple[Step, Exchange]] = field(default_factory=list)
    over: bool = False

    def turn(self, turn: Turn) -> None:
        """Play a turn, look what has become of it, and ask the model."""
        earlier = self.telling.roots
        self.turns.append(turn)
        self.hunt.played(turn)
        first = tuple(self._balance()) if len(self.turns) == 1 else ()
        try:
            if self._play((*first, *self.telling.turn(turn))):
                another = earlier[len(self.turns) % len(earlier)] if earlier else None
                roots = dict.fromkeys((*(call.root for call in turn), another))
                self._play((*self._balance(), *self._finds([root for root in roots if root])))
                self._ask_the_model()
        except BaseException:
            self.over = True
            raise

    def end(self) -> None:
        """Look at everything; where the model has nothing to say, every other rule has its turn."""
        try:
            if not self.over and len(self.turns) > 1:
                self._play(tuple(self._finds(None)))
                self._play(tuple(self.telling.lists()) if self._sight.finds else ())
        finally:
            shown = list(self.hunt.judging.generated(self._trace(), self.hunt.tally)) if self.played else []
        for name, found in () if self.over else shown:
            self.hunt.see(name, found, tuple(self.turns))

    def _balance(self) -> Iterator[Step]:
        return self.telling.balance() if self._sight.balance else iter(())

    def _finds(self, roots: Iterable[Call] | None) -> Iterator[Step]:
        return self.telling.finds(roots) if self._sight.finds else iter(())

    @property
    def _sight(self) -> Sight:
        return self.hunt.sought.sight if self.hunt.sought else Sight(balance=self.hunt.balance, finds=True)

    def _ask_the_model(self) -> None:
        for name, found in self.hunt.judging.by_the_model(self._trace()):
            self.hunt.see(name, found, tuple(self.turns))

    def _play(self, steps: tuple[Step, ...]) -> bool:
        """Whether anything was sent."""
        if not steps:
            return False
        exchanges = self.hunt.purse.spend(self._case(steps)).exchanges
        self.telling.heard(exchanges)
        self.played += exchanges
        return bool(exchanges)

    def _trace(self) -> Trace:
        return Trace(case=self._case(tuple(step for step, _ in self.played)), exchanges=tuple(self.played))

    def _case(self, steps: tuple[Step, ...]) -> Case:
        return self.hunt.kit.story(
            FAMILY, self.hunt.operation, "a sequence", steps, about="ledger", alone=True, generated=True
        )
