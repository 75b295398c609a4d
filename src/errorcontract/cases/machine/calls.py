"""The words of a sequence: a way to call an operation, a call, and a turn of calls that go at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from errorcontract.cases.build import UnresolvedError
from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import either
from errorcontract.model import (
    MISSING,
    Answers,
    Exchange,
    Operation,
    Promise,
    Request,
    Step,
    answer_of,
    resolve,
)

LOOK_UP, FIND, LIST = "look-up of ", "find what came of ", "list "
"""How the steps begin that look for what calls made: by its reference, by the id that it was answered, among others."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Way:
    """One way to call an operation. `make` puts a reference, or the id of what an earlier call made, into the request.

    `about`: the operation whose thing it is about; None: it makes one of its own.
    """

    operation: Operation
    name: str
    make: Callable[[str | None], Request]
    promise: Promise
    again: Promise
    """What holds where its reference may have been used before."""
    refers: bool = False
    about: Operation | None = None

    def __repr__(self) -> str:
        """What Hypothesis calls it."""
        return f"{self.operation.id}: {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Call:
    """A way that is taken. `of` is the earlier call whose reference it uses again, or whose thing it is about."""

    way: Way
    of: Call | None = None

    @property
    def root(self) -> Call:
        """The first call with its reference."""
        return self.of.root if self.of else self


Turn = tuple[Call, ...]
"""Calls that go at the same moment."""


@dataclass(slots=True)
class Telling:
    """One play of a sequence: its references are new, its calls are numbered as they come."""

    kit: Kit
    numbers: dict[int, int] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    references: dict[int, str] = field(default_factory=dict)
    answers: dict[str, Exchange] = field(default_factory=dict)
    looks: int = 0

    def heard(self, exchanges: Iterable[tuple[Step, Exchange]]) -> None:
        """Take note of what was answered."""
        for step, exchange in exchanges:
            self.answers.setdefault(step.name, exchange)

    def turn(self, turn: Turn) -> tuple[Step, ...]:
        """The steps of a turn."""
        return tuple(replace(self._step(call), beside=place > 0) for place, call in enumerate(turn))

    def balance(self) -> Iterator[Step]:
        """A look at the balance, where there is one."""
        self.looks += 1
        look = self.kit.balance_step(f"balance-{self.looks}")
        if look:
            yield look

    @property
    def roots(self) -> list[Call]:
        """The first calls of each reference so far."""
        return [call for call in self.calls if call.root is call]

    def finds(self, roots: Iterable[Call] | None = None) -> Iterator[Step]:
        """The looks for what the calls so far made, all at once; of some references only, if they are given."""
        looks = [look for call in (self.roots if roots is None else roots) for look in self._finds(call)]
        for place, look in enumerate(looks):
            yield replace(look, beside=place > 0)

    def lists(self) -> Iterator[Step]:
        """Looks at what lists things, where the contract says what refused calls must leave alone."""
        every = (watch for call in self.roots for watch in call.way.operation.watch)
        places = {(watch.operation, watch.good): watch for watch in every}
        for number, watch in enumerate(places.values(), 1):
            good = self.kit.build.good(watch.operation, watch.good)
            step = self.kit.good_step(f"{LIST}{number}", watch.operation, good)
            yield replace(step, promise=either("what there is"), beside=number > 1)

    def _finds(self, call: Call) -> Iterator[Step]:
        name, operation = self._name(call), call.way.operation
        if call.way.refers and operation.look_up:
            look = self.kit.look_up_step(operation, self._reference(call), either("order of this story"))
            if look:
                yield replace(look, name=f"{LOOK_UP}{name}")
        finder = operation.makes.found_by if operation.makes else None
        if finder and (not self.answers or self._made(call, self.answers) is not None):
            yield Step(name=f"{FIND}{name}", make=self._finding(call, finder), promise=either("thing of this story"))

    def _finding(self, call: Call, finder: str) -> Callable[[Answers], Request | None]:
        operation, _, parameter = finder.partition("/")

        def made(answers: Answers) -> Request | None:
            id_ = self._made(call, answers)
            try:
                return None if id_ is None else self.kit.build.request(operation, change={f"path/{parameter}": id_})
            except UnresolvedError:
                return None

        return made

    def _step(self, call: Call) -> Step:
        self.calls.append(call)
        self.numbers[id(call)] = len(self.calls)
        promise = call.way.again if call.of and call.way.about is None else call.way.promise
        return Step(name=self._name(call), make=self._making(call), promise=promise)

    def _making(self, call: Call) -> Callable[[Answers], Request | None]:
        def made(answers: Answers) -> Request | None:
            try:
                if call.way.about is None:
                    return call.way.make(self._reference(call) if call.way.refers else None)
                id_ = self._made(call.root, answers)
                return None if id_ is None else call.way.make(id_)
            except UnresolvedError:
                return None

        return made

    def _made(self, call: Call, answers: Answers) -> str | None:
        """The id of what a call made, as it was answered."""
        makes, name = call.way.operation.makes, self._name(call)
        exchange = answers.get(name) or self.answers.get(name)
        pointer = call.way.operation.returns.get(makes.id) if makes else None
        id_ = resolve(answer_of(exchange), pointer) if exchange and pointer else MISSING
        return str(id_) if isinstance(id_, str | int) and not isinstance(id_, bool) else None

    def _reference(self, call: Call) -> str:
        root = call.root
        return self.references.setdefault(id(root), self.kit.build.reference(root.way.operation))

    def _name(self, call: Call) -> str:
        name = f"call-{self.numbers[id(call)]}"
        return name if call.way.about is None else f"{name} of {self._name(call.root)}"
