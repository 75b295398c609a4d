"""The orders that reached the server of a case, for whoever looks them up by their reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from errorcontract.audit.reply import CLOSED, Say
from errorcontract.audit.routes import values_of
from errorcontract.model import Contract, Operation, Request, resolve


class Orders:
    """What was sent under each reference, and which of it got an answer, if not the first time."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._finds = {one.look_up.partition("/")[0] for one in contract.operations.values() if one.look_up}
        self._sent: dict[str, tuple[Operation, Any]] = {}
        self._done: set[str] = set()

    def remember(self, operation: Operation | None, sent: Any, say: Say) -> None:
        """Keep an order under its reference."""
        place = operation.reference if operation else None
        reference = resolve(sent, place.removeprefix("body")) if place else None
        if operation is not None and isinstance(reference, str):
            self._sent[reference] = operation, sent
            if say.how != CLOSED and say.status < 400:  # noqa: PLR2004
                self._done.add(reference)

    def are_looked_up_by(self, operation: Operation) -> bool:
        """Whether an operation looks up what another one did."""
        return operation.id in self._finds

    def has(self, operation: Operation, request: Request) -> bool:
        """Whether what is looked up was answered, and so is there."""
        return any(value in self._done for value in self._values(operation, request))

    def shown(self, operation: Operation | None, request: Request) -> Mapping[str, Any]:
        """What a look-up shows of the order that was sent under its reference, by pointer."""
        for value in self._values(operation, request) if operation else ():
            if value in self._sent:
                by, sent = self._sent[value]
                shows = ((pointer, resolve(sent, place.removeprefix("body"))) for place, pointer in by.shows.items())
                return {pointer: shown for pointer, shown in shows if isinstance(shown, str | int | float)}
        return {}

    def _values(self, operation: Operation, request: Request) -> Iterable[str]:
        return values_of(operation, self._contract.prefix, request.target).values()
