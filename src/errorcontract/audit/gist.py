"""What a request asks for, without what is made anew for each attempt: a correction changes it, a nonce does not."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from errorcontract.model import Operation

_NAMES = re.compile(
    r"(?:^|[_-])(?:ref|reference|nonce|attempts?|tries|try|retry|retries|seq|sequence|timestamp|signature|idempotency|trace"
    r"|request_?id|correlation_?id)(?:$|[_-])"
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_RANDOM = re.compile(
    r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*(?:Z|[+-]\d\d:?\d\d)?"
    r"|(?=[0-9a-fA-F]*[a-fA-F])(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{12,}"
)
_DIGITS = re.compile(r"\d{10,19}(?:\.\d+)?")
_DAY = 86400
_ANY = "*"


def gist(target: str, said: Any, operation: Operation | None) -> Iterator[str]:
    """The query and the members of a request as texts. `said` is None where it has none."""
    yield json.dumps(sorted((name, _plain(name, value)) for name, value in parse_qsl(urlsplit(target).query)))
    try:
        yield json.dumps(_plain(None, said, _own(operation)), sort_keys=True)
    except RecursionError:
        yield _ANY


def _own(operation: Operation | None) -> str | None:
    """The member that is the caller's own reference, and no other thing that happens to be unique."""
    place = operation.reference if operation and operation.reference_form == "{new_reference}" else None
    return place.rpartition("/")[2] if place and place.startswith("body/") else None


def _plain(name: str | None, value: Any, own: str | None = None) -> Any:
    if isinstance(value, dict):
        return {member: _plain(member, inner, own) for member, inner in value.items()}
    if isinstance(value, list):
        return [_plain(name, inner, own) for inner in value]
    if name is not None and (name == own or _NAMES.search(_CAMEL.sub("_", name).lower())):
        return _ANY
    if isinstance(value, str):
        return _DIGITS.sub(_unless_now, _RANDOM.sub(_ANY, value))
    return _ANY if _is_number(value) and _is_now(float(value)) else value


def _unless_now(found: re.Match[str]) -> str:
    return _ANY if _is_now(float(found[0])) else found[0]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e20  # noqa: PLR2004


def _is_now(number: float) -> bool:
    """Whether it is a time of today, in seconds or any finer unit."""
    return any(abs(number / unit - time.time()) < _DAY for unit in (1, 1e3, 1e6, 1e9))
