"""The state machine: Hypothesis draws sequences, has each played as it is drawn, and shrinks what shows a breach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, rule, run_state_machine_as_test
from hypothesis.strategies import SearchStrategy

from errorcontract.cases.machine import NEXT, Call, Turn, Way, Ways, tour

STEPS = 7
"""Turns of a sequence: enough for what takes three, before it and between."""
_AT_ONCE, _REFUSED = 3, 2
_EXAMPLES = 30  # of many, Hypothesis begins with a tenth that are hardly drawn by chance


class Plays(Protocol):
    """One sequence on its way."""

    def turn(self, turn: Turn) -> None:
        """Send the calls of a turn, and look what has become of everything."""

    def end(self) -> None:
        """The sequence is over."""


def go_round(ways: Ways, plays: Plays) -> None:
    """Play the one sequence that is not drawn."""
    try:
        for turn in tour(ways):
            plays.turn(turn)
    finally:
        plays.end()


def search(ways: Ways, start: Callable[[], Plays], chance: int) -> None:
    """Play sequences until one raises; Hypothesis then looks for the simplest that raises the same."""
    machine = seed(chance)(_machine(ways, start))
    options = settings(
        max_examples=_EXAMPLES,
        stateful_step_count=STEPS,
        database=None,
        deadline=None,
        print_blob=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
    )
    run_state_machine_as_test(machine, settings=options)


def _machine(ways: Ways, start: Callable[[], Plays]) -> type[RuleBasedStateMachine]:
    """The machine of an operation: a good call, then whatever the ways allow.

    All moves are drawn by one rule, as Hypothesis leaves out half of the rules in each sequence.
    """
    calls: Bundle[Call] = Bundle("calls")

    class Sequence(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.play = start()

        @initialize(target=calls, way=st.sampled_from(ways.good))
        def begin(self, way: Way) -> Any:
            return self.play_turn((Call(way=way),))

        @rule(target=calls, turn=st.one_of(_moves(ways, calls)), then=_rightly(ways))
        def go_on(self, turn: Turn, then: Turn) -> Any:
            made = self.play_turn(turn)
            if all(call.way in ways.refused for call in turn):
                self.play_turn(then)
            return made

        def play_turn(self, turn: Turn) -> Any:
            self.play.turn(turn)
            return multiple(*(call for call in turn if call.of is None and call.way.operation is ways.operation))

        def teardown(self) -> None:
            self.play.end()

    return Sequence


def _moves(ways: Ways, calls: Bundle[Call]) -> list[SearchStrategy[Turn]]:
    """Every kind of turn, the plainest first; what is refused or comes upon earlier calls twice, as it tells most."""
    earlier = calls.map(lambda call: call)  # the call itself, not a reference to it
    moves = [st.sampled_from(ways.good).map(_alone)]
    if ways.refers:
        using = [way for way in (*ways.good, *ways.refused) if way.refers]
        moves += [earlier.map(_again), st.builds(_again, earlier, st.sampled_from(using))]
    if ways.later:
        upon = st.builds(_upon, earlier, st.sampled_from(ways.later))
        moves += [upon, upon, st.builds(_beside, upon, st.sampled_from((*ways.later, *ways.good[:1])))]
    if ways.beside:
        moves.append(st.sampled_from(ways.beside).map(_alone))
    if ways.refused:
        wrong = st.sampled_from(ways.refused)
        moves += [st.lists(wrong, min_size=1, max_size=_REFUSED, unique_by=id).map(_each)] * 2
    return [*moves, _several(ways)]


def _rightly(ways: Ways) -> SearchStrategy[Turn]:
    """A good call, which follows each refused one: what a refusal leaves behind, the next one meets."""
    return st.sampled_from(ways.good[:NEXT]).map(_alone)


def _alone(way: Way) -> Turn:
    return (Call(way=way),)


def _each(ways: Sequence[Way]) -> Turn:
    return tuple(Call(way=way) for way in ways)


def _upon(call: Call, way: Way) -> Turn:
    return (Call(way=way, of=call),)


def _beside(turn: Turn, way: Way) -> Turn:
    """What comes upon an earlier call, with the same once more, or a call of its own, at the same moment."""
    first = turn[0]
    return (first, Call(way=way, of=first.of if way.about else None))


def _again(call: Call, way: Way | None = None) -> Turn:
    """The reference of an earlier call once more, by the same request or another; where it has none, another call."""
    return (Call(way=way or call.way, of=call if call.way.refers else None),)


def _several(ways: Ways) -> SearchStrategy[Turn]:
    """A few calls at the same moment, some with the reference of the first."""
    other = st.tuples(st.sampled_from((*ways.good, *ways.refused[:1], *ways.beside[:1])), st.booleans())
    return st.builds(_together, st.sampled_from(ways.good), st.lists(other, min_size=1, max_size=_AT_ONCE - 1))


def _together(first: Way, others: Sequence[tuple[Way, bool]]) -> Turn:
    turn = [Call(way=first)]
    for way, same in others:
        alike = same and way.refers and first.refers and way.operation is first.operation
        turn.append(Call(way=way, of=turn[0] if alike else None))
    return tuple(turn)
