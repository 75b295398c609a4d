"""Times in bodies (ISO 8601), and the two clocks that they are compared with."""

from __future__ import annotations

import re
from datetime import datetime

from errorcontract.model import first_header, http_date
from errorcontract.rules.reading import Reading

_LEAP_SECOND = re.compile(r"(T\d\d:\d\d):60(?=\D|$)")


def moment(text: str) -> datetime | None:
    """The time that a text names, None where it names none. A leap second is the one before it."""
    try:
        return datetime.fromisoformat(_LEAP_SECOND.sub(r"\1:59", text.upper()))
    except ValueError:
        return None


def clocks(reading: Reading) -> tuple[float, float]:
    """When an answer was asked for by our clock, and when it was made by the target's, in seconds since the epoch.

    Either clock may be wrong; without a Date, both are ours.
    """
    theirs = http_date(first_header(reading.headers, "Date") or "")
    return reading.exchange.started, theirs.timestamp() if theirs else reading.exchange.started
