"""Lets Hypothesis look for breaches among generated cases, and shrink each to its simplest form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from warnings import catch_warnings, simplefilter

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.errors import HypothesisException, HypothesisWarning
from hypothesis.strategies import SearchStrategy

from errorcontract.model import Case

Show = Callable[[Sequence[Case]], Sequence[tuple[str, int]]]
"""Plays cases and names what new they show, each with the place of the case that showed it."""

_SHRINKING = 0.25  # the part of its requests that a search may spend on making one breach simpler


class _Shown(Exception):  # noqa: N818 - no error: it tells Hypothesis that a volley shows something
    pass


@dataclass(slots=True)
class _Sought:
    """The breach that is being made simpler, and which case of the volley shows it."""

    name: str
    place: int


@dataclass(slots=True)
class Search:
    """A search with a number of requests to spend. `volley` is how many cases come together."""

    show: Show
    requests: int
    volley: int
    seed: int
    spent: int = 0
    _until: int = field(default=0)

    def run(self, volleys: SearchStrategy[list[Case]], keep: Callable[[str], None]) -> None:
        """Search until the requests are spent; `keep` is called for each breach when it is as simple as it gets."""
        known: set[str] = set()
        while self.spent < self.requests:
            before, self._until = self.spent, self.requests
            found = self._pass(volleys, known)
            if found is None or self.spent == before:
                return
            known.add(found)
            keep(found)

    def _pass(self, volleys: SearchStrategy[list[Case]], known: set[str]) -> str | None:
        """One pass of Hypothesis: the name of a new breach, shrunk; None when nothing new came."""
        sought: list[_Sought] = []

        def volley(cases: list[Case]) -> None:
            chosen = cases[sought[0].place : sought[0].place + 1] if sought else cases
            chosen = chosen[: max(0, self._until - self.spent)]
            self.spent += len(chosen)
            shown = [(name, place) for name, place in self.show(chosen) if name not in known]
            if shown and not sought:
                sought.append(_Sought(*shown[0]))
                self._until = min(self.requests, self.spent + int(self.requests * _SHRINKING))
            if sought and sought[0].name in [name for name, _ in shown]:
                raise _Shown

        # shown, or not shown again by a target that does not always answer alike: what was seen counts
        with suppress(_Shown, HypothesisException, BaseExceptionGroup), catch_warnings():
            simplefilter("ignore", HypothesisWarning)  # the repr of a volley is long, and nobody sees it
            self._given(volleys, volley, len(known))()
        return sought[0].name if sought else None

    def _given(
        self, volleys: SearchStrategy[list[Case]], volley: Callable[[list[Case]], None], round_: int
    ) -> Callable[[], None]:
        options = settings(
            max_examples=max(1, -(-self.requests // self.volley)),
            database=None,
            deadline=None,
            print_blob=False,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            verbosity=Verbosity.quiet,
        )
        return seed(self.seed + round_)(options(given(volleys)(volley)))
