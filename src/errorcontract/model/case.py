"""A case: what to send, and what the contract promises for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from errorcontract.model.basis import Basis
from errorcontract.model.conduct import Conduct
from errorcontract.model.exchange import Exchange, Request


class Outcome(StrEnum):
    """What must become of a request."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EITHER = "either"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The outcome that the contract promises. Empty `statuses` or `codes`: any of them is right.

    `cause` is why the request must fail, with the class of its value after a slash; None for a good request.
    `affordable`: the balance is known to be no reason for a refusal.
    """

    outcome: Outcome
    basis: Basis
    cause: str | None = None
    statuses: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    field_name: str | None = None
    value: Any = None
    has_value: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)
    cost: float | None = None
    affordable: bool = False
    field_names: tuple[str, ...] = ()
    """The places of all faults, as far as they are known; `field_name` is the name of the only one."""
    shape: Mapping[str, Any] | None = None
    """A JSON Schema over {"status", "headers", "body"} that a success satisfies."""


Answers = Mapping[str, Exchange]
"""The exchanges of a case so far, by step name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request of a case, made when its turn comes, from what was answered before.

    `make` returns None where an earlier answer lacks what this step needs; the case then ends there, or goes on
    without this step where it is `optional`.
    `pause` gives the seconds to wait before, from what was answered. `copies` > 1 sends that many at once, each made
    anew; their exchanges are named `name#0`, `name#1` ... `beside`: it goes at the same moment as the step before it,
    and is counted on with it. `late` are the seconds by which each copy comes after that moment.
    """

    name: str
    make: Callable[[Answers], Request | None]
    promise: Promise
    copies: int = 1
    pause: Callable[[Answers], float] | None = None
    beside: bool = False
    late: tuple[float, ...] = ()
    optional: bool = False


def moments(steps: Iterable[Step]) -> Iterator[tuple[Step, ...]]:
    """The steps of a story, those that go at the same moment together."""
    group: list[Step] = []
    for step in steps:
        if group and not step.beside:
            yield tuple(group)
            group = []
        group.append(step)
    if group:
        yield tuple(group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A short story of requests that puts one question. `about` names what the rules must look for.

    `cause` is why the step under test must fail (with the class of the value after a slash), None for a good request.
    `tells` orders cases: those that tell most come first. `alone`: no other request may be under way meanwhile.
    `patient`: others may go while it pauses, and its pauses may become longer by that.
    `independent`: each step means the same without the others. `generated`: made by chance from a seed, not prepared.
    Cases of one `series` are the same question again: once what came of one is `enough`, the others are not played.
    """

    id: str
    family: str
    operation: str | None
    cause: str | None
    variant: str
    steps: tuple[Step, ...]
    about: str = "single"
    tells: int = 50
    alone: bool = False
    patient: bool = False
    generated: bool = False
    independent: bool = False
    notes: Mapping[str, Any] = field(default_factory=dict)
    series: str | None = None
    enough: Callable[[Trace], bool] = lambda _: False

    @property
    def cost(self) -> int:
        """How many requests the case sends at most."""
        return sum(step.copies for step in self.steps)

    @property
    def races(self) -> bool:
        """Whether several of its requests go at the same moment, so that chance has a part in what comes of it."""
        return any(step.copies > 1 or step.beside for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A case with the exchanges it led to, in the order of its steps. `spared`: why it was not played at all."""

    case: Case
    exchanges: tuple[tuple[Step, Exchange], ...]
    spared: str | None = None
    conduct: Conduct | None = None
    """What a client did, where it is a client that is judged."""

    def step(self, name: str) -> Exchange | None:
        """The exchange of a step, None if the case ended before it."""
        return next((exchange for _, exchange in self.exchanges if exchange.step == name), None)

    def copies(self, name: str) -> tuple[Exchange, ...]:
        """All exchanges of a step that was sent several times at once."""
        return tuple(exchange for step, exchange in self.exchanges if step.name == name)
