"""What error answers say of waiting: where a delay stands, and on which answers a hint is promised."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from errorcontract.model.basis import Basis

_DURATION = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)s")
"""A google.protobuf.Duration in JSON that is not below zero."""
_FOR_EVER = 1e18


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """A time to wait in the body: `form` is "seconds" (a number) or "duration" ("30s", google.protobuf.Duration)."""

    pointer: str
    form: str
    basis: Basis

    def seconds(self, told: Any) -> float | None:
        """What it says in seconds; None where it can't be read."""
        if self.form == "duration":
            found = _DURATION.fullmatch(told) if isinstance(told, str) else None
            return float(found[1]) if found else None
        number = isinstance(told, int | float) and not isinstance(told, bool) and 0 <= told < math.inf
        return float(min(told, _FOR_EVER)) if number else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Where a hint to wait is promised, or withheld: on these codes, or these statuses."""

    basis: Basis
    codes: frozenset[str] = frozenset()
    statuses: frozenset[int] = frozenset()
