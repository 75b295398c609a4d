"""What a promise rests on, and when a client may send again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Provenance(StrEnum):
    """What a promise rests on; it decides the severity of a breach."""

    DOCUMENTED = "documented"
    STANDARD = "standard"
    INFERRED = "inferred"
    UNSPECIFIED = "unspecified"


class RetryClass(StrEnum):
    """When a client may send again after a code."""

    NEVER = "never"
    AFTER_DELAY = "after-delay"
    BACKOFF = "backoff"
    AFTER_CHANGE = "after-change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Where a promise stands: its provenance and the place in the API's documents."""

    provenance: Provenance
    source: str
