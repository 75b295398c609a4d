"""How much a value of a field tells: what to ask first where a budget is short."""

from __future__ import annotations

import math

from errorcontract.model import Field

_WEIGHT = {"phone": 0, "amount": 0, "count": 2, "choice": 5, "reference": 2}
"""Kinds where mistakes cost money come before names and texts."""


def tells_of(field: Field, nth: int, class_: int, before: int) -> int:
    """How much a row tells: the first of its class, for the first field of its kind, most.

    Fields of one kind often share their checks, so that a second one is asked for less.
    """
    if nth > 1:
        second_of_first = nth + before == 2
        return (60 if second_of_first else 40) - 4 * min(before, 4)
    if field.where == "path":
        return max(44, 80 - 3 * class_ - 2 * before)
    step = 0.4 if _WEIGHT.get(field.kind) == 0 else 2  # numbers of people and money break in more ways than others
    first = 84 - math.ceil(class_ * step) if before == 0 else 72 - 2 * class_ - 4 * before
    return max(44, first - _WEIGHT.get(field.kind, 8))


def unknown_tells(field: Field, before: int) -> int:
    """A look-up answers with nothing else, so its unknown names tell more than those inside a body."""
    return max(78, 82 - 3 * before) if field.where == "path" else 85 - 7 * before
