"""What headers say that rules on HTTP read: addresses and lists."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from errorcontract.rules.reading import Reading

_SPACE = re.compile(r"[\s\x00-\x1f\x7f]")


def listed(reading: Reading, name: str) -> tuple[str, ...] | None:
    """The members of a header that is a list, from all its lines; None where there is no such header."""
    lines = [value for key, value in reading.headers if key.lower() == name.lower()]
    if not lines:
        return None
    return tuple(member.strip() for line in lines for member in line.split(",") if member.strip())


def is_address(text: str | None) -> bool:
    """Whether it can be a Location (RFC 9110, section 10.2.2): an http URL with a host, or a relative reference."""
    text = (text or "").strip()
    if not text or _SPACE.search(text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.netloc) and parts.scheme in {"http", "https"} if parts.scheme else True
