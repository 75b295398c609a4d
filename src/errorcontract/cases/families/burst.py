"""Is the rate limit kept, announced in the envelope, and over when the target says?"""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import accepted, either
from errorcontract.model import Answers, Case, Operation, Step

_LONGEST_WAIT = 65.0
_MARGIN = 0.15  # clocks and windows of the target are not ours


def cases(kit: Kit) -> Iterator[Case]:
    """One request more than the limit allows, then one more after the time the target named."""
    if kit.contract.rate_limit is None or kit.limit is None:
        return
    requests, _ = kit.limit
    operations = kit.contract.operations.values()
    reading = next(operation for operation in operations if operation.effect == "read")
    ordering = next((operation for operation in operations if operation.effect == "charge"), None)
    yield _burst(kit, reading, requests + 1)
    if ordering is not None:
        yield _burst(kit, ordering, requests + 1)


def _burst(kit: Kit, operation: Operation, number: int) -> Case:
    seconds = kit.limit[1] if kit.limit else 0.0
    cause = kit.contract.rate_limit.cause if kit.contract.rate_limit else ""
    ask = once(lambda: kit.build.request(operation.id))
    burst = Step(name="burst", make=ask, promise=either(cause), copies=number)
    again = Step(
        name="again", make=ask, promise=accepted(kit.build, kit.build.good(operation.id)),
        pause=lambda answers: _told(answers, seconds) + _MARGIN,
    )
    return kit.story("burst", operation.id, f"{number} at once", (burst, again), about="burst", cause=cause, tells=3, alone=True)


def _told(answers: Answers, window: float) -> float:
    """The seconds of the last refusal's Retry-After, else the whole window."""
    refused = [exchange.response for exchange in answers.values() if exchange.response and exchange.response.status == 429]  # noqa: PLR2004
    told = refused[-1].header("Retry-After") if refused else None
    return min(float(told), _LONGEST_WAIT) if told and told.isdigit() else min(window, _LONGEST_WAIT)
