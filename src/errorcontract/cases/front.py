"""Good requests that are refused before anybody looks at their fields: by whom they come, and by their body."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from errorcontract.cases.build import JSON_TYPE
from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import rejected
from errorcontract.model import Operation, Outcome, Request, Step

WRONG = "wrong-key-0000"
Change = Mapping[str, Any] | None


def refused_in_front(kit: Kit, operation: Operation, change: Change = None) -> Iterator[Step]:
    """One for each reason; without wrong credentials where too many of these shut a caller out."""
    for cause, make in _made(kit, operation, change):
        promise = rejected(kit.contract, cause)
        if promise.outcome is Outcome.REJECTED:
            yield Step(name="refused", make=once(make), promise=promise)


def _made(kit: Kit, operation: Operation, change: Change) -> Iterator[tuple[str, Callable[[], Request]]]:
    means = kit.contract.credentials
    if means and operation.secured:
        yield "missing-credentials", partial(with_credentials, kit, operation, None, change)
        if means.lock_out is None:
            yield "wrong-credentials", partial(with_credentials, kit, operation, WRONG, change)
    if operation.media_type == JSON_TYPE[1] and operation.good[0].body is not None:
        yield "malformed-body", partial(_half, kit, operation, change)


def with_credentials(kit: Kit, operation: Operation, value: str | None, change: Change = None) -> Request:
    """The good request of an operation with another value of the credential, None for no credential."""
    good, own = kit.build.request(operation.id, change=change), {name for name, _ in kit.build.credentials()}
    headers = () if value is None else kit.build.credentials(value)
    return replace(good, headers=(*headers, *(header for header in good.headers if header[0] not in own)))


def _half(kit: Kit, operation: Operation, change: Change) -> Request:
    """The good request, its body cut off before its end."""
    good = kit.build.request(operation.id, change=change)
    return replace(good, body=(good.body or b"{}")[:-1])
