"""What a contract marks as nobody's business: known data and members of bodies."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Names of known data, and names of members or JSON Pointers to them."""

    data: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """What tells of a person, and what opens a door."""

    personal: Marked = field(default_factory=Marked)
    secret: Marked = field(default_factory=Marked)
