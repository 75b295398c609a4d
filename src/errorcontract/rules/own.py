"""What belongs to one request alone: the values that its contract makes anew for each use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from errorcontract.model import Contract, Operation
from errorcontract.rules.reading import Reading

_FRESH = ("{new_reference}", "{story_reference}")
_SHORTEST = 8
"""Characters of a text that somebody else hardly has by chance."""


def own_text(contract: Contract, requests: Iterable[Reading], before: Any, after: Any) -> str | None:
    """A text that only these requests held, and that stands in a value now and did not before; None without one."""
    sent = [text for request in requests for text in _sent(contract, request)]
    known, shown = set(_texts(before)), set(_texts(after))
    return next((text for text in sent if text in shown and text not in known), None)


def _sent(contract: Contract, request: Reading) -> Iterator[str]:
    """The texts of a request's body in the places of fresh values."""
    operation = contract.operations.get(request.operation or "")
    try:
        body = json.loads(request.exchange.request.body or b"null")
    except (ValueError, RecursionError):
        return
    for path in _places(operation) if operation else ():
        value = body
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        if isinstance(value, str) and len(value) >= _SHORTEST:
            yield value


def _places(operation: Operation) -> Iterator[Sequence[str]]:
    if operation.reference and operation.reference.startswith("body/"):
        yield operation.reference.split("/")[1:]
    for good in operation.good:
        yield from _fresh(good.body or {}, ())


def _fresh(members: Mapping[str, Any], above: tuple[str, ...]) -> Iterator[Sequence[str]]:
    for name, value in members.items():
        if isinstance(value, str) and any(fresh in value for fresh in _FRESH):
            yield (*above, name)
        elif isinstance(value, Mapping):
            yield from _fresh(value, (*above, name))


def _texts(value: Any) -> Iterator[str]:
    stack = [value]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            stack += value.values()
        elif isinstance(value, list):
            stack += value
