"""Lets the state machine look for sequences that a model can't explain; tells each as the fewest calls that show it."""

from __future__ import annotations

from contextlib import suppress
from itertools import count

from hypothesis.errors import HypothesisException

from errorcontract.cases.machine import Telling, Ways
from errorcontract.model import Finding
from errorcontract.run.course import Course
from errorcontract.run.hunt import Hunt, Purse, ShownAgain, Sought, Spent
from errorcontract.run.judging import Judging
from errorcontract.run.machine import go_round, search
from errorcontract.run.question import Question
from errorcontract.run.settling import Settling
from errorcontract.run.stages import Stages
from errorcontract.run.subject import Subject
from errorcontract.run.tally import Tally

_SHRINKING, _SETTLING = 120, 1000
"""Requests that one breach may cost beyond those of the search: to make it simpler, and to be sure of it."""


_GIVE_UP_AFTER = 2
"""So many breaches that the balance seemed to show and that did not stand: it is not looked at any more."""


class Sequences:
    """Spends requests on sequences that are drawn from the seed."""

    def __init__(self, subject: Subject, stages: Stages, judging: Judging, seed: int) -> None:
        self._subject, self._stages, self._judging, self._seed = subject, stages, judging, seed
        self._refuted = 0

    def ask(self, question: Question, ways: Ways, requests: int, tally: Tally, node: str) -> list[Finding]:
        """Put a question so many times; the findings that are new."""
        stage, new, known = self._stages.of(question.family), list[Finding](), set[str]()
        purse = Purse(stage=stage, play=lambda case: self._stages.play(stage, [case])[0], left=requests)
        touring = True
        for round_ in count():
            left = purse.left
            sought = self._sought(question, ways, purse, known, tally, None if touring else self._seed + round_)
            if sought is None and not touring and purse.left in {0, left}:
                return new
            touring = touring and sought is not None
            if sought is None:
                continue
            known.add(sought.name)
            settling = Settling(self._subject.kit(), self._judging, purse.with_only(_SETTLING), tally, ways.good[0])
            settled = settling.settle(sought)
            self._refuted += settled is None and sought.sight.balance
            new += self._judging.note(settled, node) if settled else []
        return new

    def _sought(
        self, question: Question, ways: Ways, purse: Purse, known: set[str], tally: Tally, chance: int | None
    ) -> Sought | None:
        """The first new breach of a search, as simple as Hypothesis makes it; None where there is none.

        `chance`: the seed it is drawn from; None: the sequence that is not drawn.
        """
        kit = self._subject.kit()
        hunt = Hunt(
            kit=kit,
            operation=question.operation,
            judging=self._judging,
            tally=tally,
            purse=purse,
            known=known,
            shrinking=_SHRINKING,
            balance=self._refuted < _GIVE_UP_AFTER,
        )
        # shown, or not shown again by a target that does not always answer alike: what was seen counts
        with suppress(ShownAgain, Spent, HypothesisException, BaseExceptionGroup):
            if chance is None:
                go_round(ways, Course(hunt=hunt, telling=Telling(kit)))
            else:
                search(ways, lambda: Course(hunt=hunt, telling=Telling(kit)), chance)
        return hunt.sought
