"""What every family of cases works with, and the shapes of story they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, TypeVar

from errorcontract.cases.build import UNJUDGED, Build, UnresolvedError
from errorcontract.cases.promises import accepted
from errorcontract.model import Answers, Case, Contract, Good, Operation, Promise, Request, Step

Make = Callable[[], Request]
Made = TypeVar("Made")

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@dataclass(frozen=True, slots=True)
class Kit:
    """A contract and the maker of its requests.

    `local`: the target is on this machine. `aliases`: it sees other loopback
    addresses as other callers. `cased`: the credential has small letters. `limit`: the target's rate limit as
    (requests, seconds), where a burst is allowed. `url`: where the target is, without a trailing slash.
    """

    build: Build
    seed: int = 0
    local: bool = False
    cased: bool = False
    aliases: bool = False
    limit: tuple[int, float] | None = None
    url: str = ""
    _made: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def remembered(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What was made under a name before, or is made now: many families stand on the same single requests."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]  # type: ignore[no-any-return]

    @property
    def contract(self) -> Contract:
        """The contract that cases are made for."""
        return self.build.contract

    def address(self, purpose: str) -> str | None:
        """A loopback address for wrong credentials, one for each run and purpose: nobody else is shut out."""
        if not self.aliases:
            return None
        number = int.from_bytes(blake2b(f"{self.build.names.run} {purpose}".encode(), digest_size=3).digest())
        return f"127.{66 + (number >> 16) % 100}.{(number >> 8) % 256}.{number % 254 + 1}"

    def charging(self) -> Iterator[Operation]:
        """Operations that cost money."""
        return (operation for operation in self.contract.operations.values() if operation.effect == "charge")

    def referencing(self) -> Iterator[Operation]:
        """Operations that take a unique reference."""
        return (operation for operation in self.contract.operations.values() if operation.reference)

    def single(
        self, family: str, operation: str | None, variant: str, make: Make, promise: Promise, **about: Any
    ) -> Case:
        """A case of one request."""
        step = Step(name="test", make=once(make), promise=promise)
        return self.story(family, operation, variant, (step,), **about)

    def story(self, family: str, operation: str | None, variant: str, steps: tuple[Step, ...], **about: Any) -> Case:
        """A case of several requests."""
        about = {"cause": None} | about
        variant = _MOMENT.sub("{now}", variant)  # a case has the same name in every run
        name = f"{family}/{operation or '-'}/{about['cause'] or 'good'}/{variant}"
        return Case(id=name, family=family, operation=operation, variant=variant, steps=steps, **about)

    def good_step(
        self, name: str, operation: str, good: Good | None = None, change: Mapping[str, Any] | None = None
    ) -> Step:
        """A good request that the documents allow and whose success is promised."""
        good = good or self.build.good(operation)
        return Step(
            name=name,
            make=once(lambda: self.build.request(operation, good, change)),
            promise=accepted(self.build, good),
        )

    def balance_step(self, name: str) -> Step | None:
        """Reads the balance; None where the contract has no ledger."""
        ledger = self.contract.ledger
        return self.good_step(name, ledger.operation) if ledger else None

    def look_up_step(self, operation: Operation, reference: str, promise: Promise = UNJUDGED) -> Step | None:
        """Looks an order up by its reference; None where the contract has no such operation."""
        if operation.look_up is None:
            return None
        finder, _, parameter = operation.look_up.partition("/")
        change = {f"path/{parameter}" if parameter in self._path_fields(finder) else f"query/{parameter}": reference}
        return Step(name="look-up", make=once(lambda: self.build.request(finder, change=change)), promise=promise)

    def _path_fields(self, operation: str) -> set[str]:
        return {key for good in self.contract.operations[operation].good for key in good.path}


def once(make: Make) -> Callable[[Answers], Request | None]:
    """A step's maker that ends the case where a value of an earlier answer is missing."""

    def made(_: Answers) -> Request | None:
        try:
            return make()
        except UnresolvedError:
            return None

    return made


def steps(*maybe: Step | None) -> tuple[Step, ...]:
    """The steps that exist."""
    return tuple(step for step in maybe if step is not None)
