"""Is the rate limit kept, announced in the envelope, and over when the target says?"""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import accepted, either
from errorcontract.model import Answers, Case, Step

_LONGEST_WAIT = 65.0
_MARGIN = 0.15  # clocks and windows of the target are not ours


def cases(kit: Kit) -> Iterator[Case]:
    """One request more than the limit allows, then one more after the time the target named."""
    if kit.contract.rate_limit is None or kit.limit is None:
        return
    requests, seconds = kit.limit
    reading = next(operation.id for operation in kit.contract.operations.values() if operation.effect == "read")
    ask = once(lambda: kit.build.request(reading))
    cause = kit.contract.rate_limit.cause
    burst = Step(name="burst", make=ask, promise=either(cause), copies=requests + 1)
    again = Step(
        name="again", make=ask, promise=accepted(kit.build, kit.build.good(reading)),
        pause=lambda answers: _told(answers, seconds) + _MARGIN,
    )
    yield kit.story(
        "burst", reading, f"{requests + 1} at once", (burst, again), about="burst", cause=cause, tells=3, alone=True
    )


def _told(answers: Answers, window: float) -> float:
    """The seconds of the last refusal's Retry-After, else the whole window."""
    refused = [exchange.response for exchange in answers.values() if exchange.response and exchange.response.status == 429]  # noqa: PLR2004
    told = refused[-1].header("Retry-After") if refused else None
    return min(float(told), _LONGEST_WAIT) if told and told.isdigit() else min(window, _LONGEST_WAIT)
