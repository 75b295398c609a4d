"""What a client keeps to itself, by the name of the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_PRIVATE = re.compile(
    r"auth|cookie|credential|api[-_]?key|access[-_]?key|password|passwd|secret|session|signature|token", re.IGNORECASE
)
_SHORTEST = 8


def is_private(name: str) -> bool:
    """Whether a header or a variable of that name holds a credential."""
    return bool(_PRIVATE.search(name))


def secrets_of(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Environment variables whose names tell of a credential, which a client may print."""
    return ((name, value) for name, value in environment.items() if is_private(name) and len(value) >= _SHORTEST)
