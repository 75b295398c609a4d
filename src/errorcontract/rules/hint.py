"""How long an answer asks to wait, in its header and in its body."""

from __future__ import annotations

from errorcontract.model import header_wait
from errorcontract.rules.reading import Reading


def in_header(reading: Reading) -> float | None:
    """The seconds that its Retry-After names, None where it names none."""
    return header_wait(reading.headers, _answered(reading))


def in_body(reading: Reading) -> float | None:
    """The seconds that its body names, None where it names none."""
    delay = reading.contract.errors.delay
    return delay.seconds(reading.at(delay.pointer)) if delay else None


def over(reading: Reading) -> float:
    """When the wait that an answer names is over, in seconds since the epoch: the longer of header and body.

    A hint that can't be read asks for no wait.
    """
    return _answered(reading) + max(in_header(reading) or 0.0, in_body(reading) or 0.0)


def _answered(reading: Reading) -> float:
    return reading.exchange.started + reading.exchange.seconds
