"""What a Retry-After says (RFC 9110 section 10.2.3)."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from errorcontract.model import first_header
from errorcontract.rules.reading import Reading


def date(text: str) -> datetime | None:
    """The moment that an HTTP date names, None where the text is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a year may be longer than any machine word
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def is_seconds(text: str) -> bool:
    """Whether the text is a whole number."""
    return text.isascii() and text.isdigit()


def over(reading: Reading) -> float:
    """When the wait that an answer names is over, in seconds since the epoch: the longer of header and body.

    A hint that can't be read asks for no wait.
    """
    return max(_over_by_header(reading), _over_by_body(reading))


def _over_by_body(reading: Reading) -> float:
    delay = reading.contract.errors.delay
    told = delay.seconds(reading.at(delay.pointer)) if delay else None
    return reading.exchange.started + reading.exchange.seconds + (told or 0.0)


def _over_by_header(reading: Reading) -> float:
    answered = reading.exchange.started + reading.exchange.seconds
    hint = (first_header(reading.headers, "Retry-After") or "").strip()
    if is_seconds(hint):
        return answered + float(hint)
    until, clock = date(hint), date(first_header(reading.headers, "Date") or "")
    if until is None:
        return answered
    return answered + (until - clock).total_seconds() if clock else until.timestamp()
