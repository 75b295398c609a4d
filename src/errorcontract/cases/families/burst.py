"""Is the rate limit kept, announced in the envelope, and over when the target says?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import accepted, either
from errorcontract.model import Answers, Case, Delay, Exchange, Operation, Step, answer_of, header_wait, resolve

_LONGEST_WAIT = 65.0
_SHORTEST_PATIENCE, _WINDOWS = 5.0, 3  # a wait of many windows is no window's: nobody learns anything from it
_FEW = 10  # requests that a question about the limit may cost before it comes last
_ANSWER = re.compile(r"\{\w+\.\w+\}")  # what another operation answered
_MARGIN = 0.15  # clocks and windows of the target are not ours
_TOO_MANY, _OVERLOADED = 429, 503


def cases(kit: Kit) -> Iterator[Case]:
    """More requests than the limit allows, to read and to order; then one more after the time the target named."""
    if kit.contract.rate_limit is None or kit.limit is None:
        return
    requests, seconds = kit.limit
    operations = kit.contract.operations.values()
    reading = _asked(kit)
    ordering = [operation for operation in operations if operation.effect == "charge"][:1]
    # a window that turns in the middle of a burst serves twice its number
    number = requests + 1 if requests < _FEW else 2 * requests + 1
    bursts = [_burst(kit, operation, number) for operation in (reading, *ordering)]
    again = Step(
        name="again",
        make=once(lambda: kit.build.request(reading.id)),
        promise=accepted(kit.build, kit.build.good(reading.id)),
        pause=lambda answers: _told(answers, seconds, kit.contract.errors.delay) + _MARGIN,
    )
    cause = kit.contract.rate_limit.cause
    yield kit.story(
        "burst",
        reading.id,
        f"{number} at once",
        (*bursts, again),
        about="burst",
        cause=cause,
        tells=80 if requests < _FEW else 3,
        alone=True,
    )


def _asked(kit: Kit) -> Operation:
    """A reading operation, else a writing one, that needs no answer of another: a target of its own has given none."""
    reading = [operation for operation in kit.contract.operations.values() if operation.effect == "read"]
    writing = [operation for operation in kit.contract.operations.values() if operation.effect == "write" and kit.local]
    return next((one for one in (*reading, *writing) if not _ANSWER.search(_text(one))), reading[0])


def _text(operation: Operation) -> str:
    good = operation.good[0]
    return json.dumps([dict(good.path), dict(good.query), good.body], default=str)


def _burst(kit: Kit, operation: Operation, number: int) -> Step:
    cause = kit.contract.rate_limit.cause if kit.contract.rate_limit else ""
    return Step(
        name=f"burst-{operation.id}",
        make=once(lambda: kit.build.request(operation.id)),
        promise=either(cause),
        copies=number,
    )


def _told(answers: Answers, window: float, delay: Delay | None) -> float:
    """The seconds that the last refusal names, the longer of Retry-After and body; where it names none, the window."""
    refused = sorted(answers.values(), key=lambda one: one.number)
    waits = [_wait(one, delay) for one in refused if one.response and one.response.status in {_TOO_MANY, _OVERLOADED}]
    named = waits[-1] if waits else None
    patience = min(_LONGEST_WAIT, max(_SHORTEST_PATIENCE, _WINDOWS * window))
    return min(window if named is None else named, patience)


def _wait(refused: Exchange, delay: Delay | None) -> float | None:
    headers = refused.response.headers if refused.response else ()
    header = header_wait(headers, refused.started + refused.seconds)
    body = delay.seconds(resolve(answer_of(refused, refused=True), delay.pointer)) if delay else None
    return max((wait for wait in (header, body) if wait is not None), default=None)
