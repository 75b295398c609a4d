"""How requests that go together are spread over time: what a race shows often hangs on milliseconds."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Late = tuple[float, ...]
Spread = Callable[[Random], Late]
"""From chance to the seconds by which each request comes after the common moment."""


def at_once(number: int) -> Spread:
    """All at one instant."""
    return lambda _: (0.0,) * number


def evenly(number: int, seconds: float) -> Spread:
    """One in each part of a stretch of time, wherever in its part."""
    return lambda chance: tuple(round((place + chance.random()) * seconds / number, 5) for place in range(number))


def last_late(number: int, seconds: float) -> Spread:
    """All at one instant but the last one, which comes at some time within the seconds."""
    return lambda chance: (*(0.0,) * (number - 1), round(chance.uniform(0.1, 1.0) * seconds, 5))
