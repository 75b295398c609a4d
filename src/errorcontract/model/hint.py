"""What a Retry-After says (RFC 9110, sections 5.6.7 and 10.2.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from errorcontract.model.exchange import Headers, first_header

_DAY, _DAYS = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH, _TIME = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", r"\d\d:\d\d:\d\d"
_FORMS = re.compile(
    rf"{_DAY}, \d\d {_MONTH} \d{{4}} {_TIME} GMT"
    rf"|{_DAYS}, \d\d-{_MONTH}-\d\d {_TIME} GMT"
    rf"|{_DAY} {_MONTH} [ \d]\d {_TIME} \d{{4}}",
    re.ASCII,
)
"""The three forms of an HTTP date: of today, of RFC 850 and of asctime."""


@lru_cache(maxsize=16)  # the time of an answer comes with each of a second
def http_date(text: str) -> datetime | None:
    """The moment that a text names which is meant as an HTTP date, None where it names none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a year may be longer than any machine word
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def is_http_date(text: str) -> bool:
    """Whether a text has one of the three forms of an HTTP date, and names a moment."""
    return bool(_FORMS.fullmatch(text)) and http_date(text) is not None


def is_seconds(text: str) -> bool:
    """Whether the text is a whole number."""
    return text.isascii() and text.isdigit()


def header_wait(headers: Headers, answered: float) -> float | None:
    """The seconds from its answer that a Retry-After names, None where there is none that can be read.

    A date is read by the clock of the target where its Date tells the time, else by ours. A moment that is over asks
    for no wait.
    """
    hint = (first_header(headers, "Retry-After") or "").strip()
    if is_seconds(hint):
        return float(hint)
    until, clock = http_date(hint), http_date(first_header(headers, "Date") or "")
    if until is None:
        return None
    return max(0.0, until.timestamp() - (clock.timestamp() if clock else answered))
