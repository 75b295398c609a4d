"""The headers of scripted answers: when they were made, what they hold, how long to wait."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import format_datetime

from errorcontract.audit.reply import Say
from errorcontract.model import Headers


def head(media_type: str, more: Headers = ()) -> Headers:
    """Those of every answer, and more."""
    date = format_datetime(datetime.now(UTC).replace(microsecond=0), usegmt=True)
    return (("Date", date), ("Content-Type", media_type), *more)


def hint(say: Say) -> Headers:
    """The Retry-After that the script asks for."""
    form, seconds = say.delay or ("", 0.0)
    if form == "seconds":
        return (("Retry-After", f"{seconds:g}"),)
    if form == "date":
        moment = datetime.fromtimestamp(int(time.time() + seconds + 0.999), UTC)
        return (("Retry-After", format_datetime(moment, usegmt=True)),)
    return ()
