"""Plays generated cases, and has Hypothesis make what they show as simple as it gets."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from hypothesis.strategies import SearchStrategy

from errorcontract.cases import generators
from errorcontract.model import Case, Finding
from errorcontract.run.judging import Judging, Shown
from errorcontract.run.question import Question
from errorcontract.run.search import Search
from errorcontract.run.sequences import Sequences
from errorcontract.run.stages import Stages, volleys
from errorcontract.run.subject import Subject
from errorcontract.run.tally import Tally

_TOGETHER = 32  # cases in a volley of Hypothesis


class Generating:
    """Spends requests on cases that are made by chance, from the seed."""

    def __init__(self, subject: Subject, stages: Stages, judging: Judging, seed: int) -> None:
        self._subject, self._stages, self._judging, self._seed = subject, stages, judging, seed
        self._sequences = Sequences(subject, stages, judging, seed)

    def ask(self, question: Question, requests: int, tally: Tally, node: str) -> list[Finding]:
        """Put a question so many times; the findings that are new."""
        source, kit = generators()[question.family], self._subject.kit()
        if source.ways:
            return self._sequences.ask(question, source.ways(kit, question.operation), requests, tally, node)
        if source.volleys:
            return self._search(question, source.volleys(kit, question.operation), requests, tally, node)
        cases = source.stream(kit, question.operation) if source.stream else iter(())
        new: list[Finding] = []
        for volley in volleys(islice(cases, requests)):
            for trace in self._stages.play(self._stages.of(question.family), volley):
                for _, shown in self._judging.generated(trace, tally):
                    new += self._judging.note(shown, node)
        return new

    def _search(
        self, question: Question, made: SearchStrategy[list[Case]], requests: int, tally: Tally, node: str
    ) -> list[Finding]:
        """What cases show is kept when it is as simple as it gets, or when the search ends."""
        seen: dict[str, Shown] = {}
        new: list[Finding] = []

        def show(cases: Sequence[Case]) -> list[tuple[str, int]]:
            shown = []
            for place, trace in enumerate(self._stages.play(self._stages.of(question.family), cases)):
                for name, found in self._judging.generated(trace, tally):
                    seen[name] = found
                    shown.append((name, place))
            return shown

        def keep(name: str) -> None:
            new.extend(self._judging.note(seen.pop(name), node))

        try:
            Search(show=show, requests=requests, volley=_TOGETHER, seed=self._seed).run(made, keep)
        finally:
            for name in sorted(seen):
                keep(name)
        return new
