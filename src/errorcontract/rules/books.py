"""A model of what a target keeps: the balance, the orders of each reference, the things that were made."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from errorcontract.model import Contract, Operation, number_of
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING, Reading, resolve

ALONE = frozenset({"charged-once", "rejected-leaves-no-trace"})
"""Rules that tell of one order, or of one refusal, by itself: it needs no others at once to be told."""
TWICE = frozenset({"duplicate-rejected", "duplicate-race"})
"""Rules that tell of a reference that is good for more than one request."""

Key = tuple[str, str]
"""A reference, in the space of the operations that have it in common."""


@dataclass(slots=True)
class Books:
    """What stands in them after what was answered so far. Of what is in doubt nothing is said."""

    contract: Contract
    balance: float | None = None
    since: list[Reading] = field(default_factory=list)
    """The calls since the last look at the balance."""
    orders: dict[Key, Reading] = field(default_factory=dict)
    refused: dict[Key, Reading] = field(default_factory=dict)
    doubtful: set[Key] = field(default_factory=set)
    deleted: dict[str, bool] = field(default_factory=dict)
    """Calls by name whose thing was asked to be deleted since, and whether it was."""
    back: dict[int, float | None] = field(default_factory=dict)
    """What each deletion gives back, by the number of its exchange; None where nobody can say."""

    def operation(self, reading: Reading) -> Operation:
        """The operation that was called."""
        return self.contract.operations[str(reading.operation)]

    def key(self, reading: Reading) -> Key | None:
        """The reference of a call, None where it has none."""
        operation = self.operation(reading)
        body = reading.sent if operation.reference and operation.reference.startswith("body/") else MISSING
        value = resolve(body, str(operation.reference).removeprefix("body")) if body is not MISSING else MISSING
        return (operation.reference_space or operation.id, value) if isinstance(value, str) else None

    def enter(self, moment: Sequence[Reading]) -> None:
        """Take up what became of calls that went at the same moment."""
        self.since += moment
        for reading in moment:
            key = self.key(reading)
            if key is None:
                continue
            if reading.rejected:
                self.refused.setdefault(key, reading)
            elif not reading.accepted or self.orders.setdefault(key, reading) is not reading:
                self.doubtful.add(key)  # which of two orders it shows, nobody says

    def delete(self, name: str, evidence: Evidence, deletion: Reading) -> None:
        """Take up what became of a deletion. Mostly nobody says whether the reference of what was deleted is free."""
        if not deletion.rejected:
            self.back[deletion.exchange.number] = self._given_back(name, evidence, deletion)
            self.deleted[name] = self.deleted.get(name, False) or deletion.accepted
            self.doubtful |= {key for key in map(self._freed, named(evidence, name)) if key is not None}

    def _freed(self, made: Reading) -> Key | None:
        """The reference of what was deleted, which may be free again, or may not."""
        makes = self.operation(made).makes
        return None if makes and makes.keeps_reference else self.key(made)

    def due(self) -> float | None:
        """What the calls since the last look must have cost, None where nobody can say."""
        sums = 0.0
        for reading in self.since:
            if reading.rejected:
                continue
            cost = self._cost(reading)
            if not reading.accepted or cost is None:
                return None
            sums += cost
        return round(sums, 6)

    def _cost(self, reading: Reading) -> float | None:
        """What an accepted call costs, None where nobody can say."""
        if reading.exchange.number in self.back:
            back = self.back[reading.exchange.number]
            return None if back is None else -back
        return reading.step.promise.cost if self.operation(reading).effect == "charge" else 0.0

    def _given_back(self, name: str, evidence: Evidence, deletion: Reading) -> float | None:
        """What a deletion gives back: what the thing cost, the first time, where it is said so."""
        made = next(iter(named(evidence, name)), None)
        makes = self.operation(made).makes if made else None
        if made is None or makes is None or not deletion.accepted:
            return None
        if self.operation(made).effect != "charge":
            return 0.0
        if makes.gives_back is False or self.deleted.get(name, False):
            return 0.0
        return made.step.promise.cost if makes.gives_back else None


def moments(evidence: Evidence) -> Iterator[list[Reading]]:
    """The readings of a story, those of one moment together."""
    numbers, number = [], 0
    for place, reading in enumerate(evidence.readings):
        before = evidence.readings[place - 1].step if place else None
        number += before is not None and reading.step is not before and not reading.step.beside
        numbers.append(number)
    for _, group in groupby(zip(numbers, evidence.readings, strict=True), key=lambda one: one[0]):
        yield [reading for _, reading in group]


def named(evidence: Evidence, name: str) -> list[Reading]:
    """The call of a name, or that the name of a look ends in."""
    called = name.rpartition(" ")[2]
    return [reading for reading in evidence.readings if reading.step.name == called]


def times_listed(value: Any, text: str) -> Iterator[int]:
    """For each list at the top of a value: how many of its items hold a text."""
    quoted = json.dumps(text)
    lists = [value, *(value.values() if isinstance(value, dict) else ())]
    yield from (sum(quoted in json.dumps(item) for item in one) for one in lists if isinstance(one, list))


def differing(operation: Operation, reading: Reading, look: Reading, shows: Mapping[str, str]) -> str | None:
    """What a look shows of a request otherwise than it was sent. An amount that is not what it costs is left alone."""
    body, cost = reading.sent, reading.step.promise.cost
    amounts = {field.place for field in operation.fields if field.kind == "amount"}
    for place, pointer in shows.items():
        value, shown = resolve(body, place.removeprefix("body")), look.at(pointer)
        number = number_of(value) if place in amounts else None
        ignored = number is not None and cost is not None and number != cost
        alike = shown == value or (number is not None and number_of(shown) == number)
        if value is not MISSING and shown is not MISSING and not alike and not ignored:
            return f"{pointer} is {shown!r}, sent was {value!r}"[:200]
    return None
