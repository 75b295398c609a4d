"""What is forbidden and must look like what is not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from errorcontract.model.basis import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request in a few words: an operation's good request with places changed, or a plain path.

    `sends_as` names other credentials ("none": no credentials), None for those of the good request.
    """

    operation: str | None = None
    good: str | None = None
    change: Mapping[str, Any] = field(default_factory=dict)
    sends_as: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """What is forbidden and what is not there.

    `mode` "same": they must be told alike. "hidden-or-403": forbidden is a 403, or a 404 like the other, and always the
    same.
    """

    name: str
    mode: str
    forbidden: Asked
    missing: Asked
    basis: Basis
