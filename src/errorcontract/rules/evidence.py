"""What rules judge: the readings of one case, and what the run has seen before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from errorcontract.model import Basis, Breach, Contract, Operation, Trace, number_of
from errorcontract.rules.compiled import Shapes
from errorcontract.rules.reading import Reading
from errorcontract.rules.schema import AnswerSchemas, Envelope

_FURTHER = ("second", "third", "fourth")
_LARGEST = 1e15
"""Above it the cents of a balance are lost in a float, and no difference of two balances means anything."""


@dataclass(slots=True)
class Memory:
    """What must be remembered over a whole run: request ids, eight bytes each."""

    request_ids: dict[bytes, int] = field(default_factory=dict)

    def first_use(self, request_id: str, number: int) -> int:
        """The number of the exchange that had this id first; the given one if it is new."""
        return self.request_ids.setdefault(
            blake2b(request_id.encode("utf-8", "replace"), digest_size=8).digest(), number
        )


@dataclass(slots=True, kw_only=True)
class Evidence:
    """One case, played. Rules look at it and change nothing."""

    contract: Contract
    trace: Trace
    readings: tuple[Reading, ...]
    memory: Memory
    envelope: Envelope
    answers: AnswerSchemas
    shapes: Shapes
    about: str = field(init=False)
    """What kind of story the case is."""
    answered: tuple[Reading, ...] = field(init=False)
    """The readings that have a whole response."""
    _first: dict[str, Reading] = field(init=False)
    """The answered reading of each step; the first one where a step was answered more than once."""

    def __post_init__(self) -> None:
        """Look once for what every rule asks for."""
        self.about = self.trace.case.about
        self.answered = tuple([reading for reading in self.readings if reading.whole])
        self._first = {reading.exchange.step: reading for reading in reversed(self.answered)}

    def answer_problems(self, operation: Operation, body: Any) -> Iterator[tuple[str, str]]:
        """What is wrong with the data of a success, by the answer schema of its operation."""
        return self.answers.problems(operation, body)

    def shape_problems(self, shape: Mapping[str, Any], answer: Any) -> Iterator[tuple[str, str]]:
        """What is wrong with an answer, by the shape that its request promises."""
        return self.answers.shape_problems(shape, answer)

    def step(self, name: str) -> Reading | None:
        """The reading of a step that was answered whole."""
        return self._first.get(name)

    def further_uses(self) -> list[Reading]:
        """The readings of the uses of a reference after the first one, as far as they were answered whole."""
        return [use for use in map(self.step, _FURTHER) if use is not None]

    def copies(self, name: str) -> list[Reading]:
        """The readings of a step that was sent several times at once."""
        return [reading for reading in self.answered if reading.step.name == name]

    def lost(self, name: str) -> bool:
        """Whether a copy of a step got no whole answer, so that nobody knows what became of it."""
        return any(not reading.whole for reading in self.readings if reading.step.name == name)

    def balance(self, step: str) -> float | None:
        """What the ledger said at a step, None where it said nothing."""
        reading = self._first.get(step)
        return self.amount(reading) if reading is not None and step.startswith("balance") else None

    def amount(self, reading: Reading) -> float | None:
        """What the ledger said in an answer, None where it is another operation's or says nothing."""
        ledger = self.contract.ledger
        if ledger is None or reading.operation != ledger.operation or not reading.accepted:
            return None
        number = number_of(reading.at(ledger.pointer))
        return float(number) if number is not None and abs(number) <= _LARGEST else None

    def legs(self) -> Iterator[tuple[Reading, float]]:
        """Each single request between two looks at the balance, with what the account paid for it."""
        for before, between, after in zip(self.readings, self.readings[1:], self.readings[2:], strict=False):
            start, end = self.balance(before.exchange.step), self.balance(after.exchange.step)
            if start is not None and end is not None and between.whole and self.balance(between.exchange.step) is None:
                yield between, round(start - end, 6)

    def spent(self) -> float | None:
        """What the account paid between the two looks at the balance."""
        before, after = self.balance("balance-before"), self.balance("balance-after")
        return None if before is None or after is None else round(before - after, 6)

    def breach(
        self,
        reading: Reading,
        expected: str,
        observed: str,
        summary: str,
        basis: Basis,
        **where: str | int | frozenset[str] | None,
    ) -> Breach:
        """A breach shown by a reading. `where` are the parts of its fingerprint, and by which rules it is told too."""
        told = {"summary": summary, "expected": expected, "observed": observed, **where}
        return Breach(
            basis=basis,
            exchange=reading.exchange,
            **{name: _writable(value) if isinstance(value, str) else value for name, value in told.items()},  # type: ignore[arg-type]
        )


def _writable(text: str) -> str:
    """The text without lone surrogates, which an answer can hold and no report can write."""
    return text.encode("utf-8", "replace").decode()
