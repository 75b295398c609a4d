"""How fast a run may send."""

from __future__ import annotations

import math
import re

from pyrate_limiter import Limiter, Rate

from errorcontract.errors import UsageError

_UNITS = {"second": 1.0, "minute": 60.0, "hour": 3600.0}
_SLACK = 1.01  # a server that counts to its own clock must not see one request too many


def parse_rate(text: str) -> tuple[int, float]:
    """Read "60/minute" or "20/second" as (requests, seconds). Raises UsageError."""
    match = re.fullmatch(r"\s*(\d+)\s*/\s*(second|minute|hour|[smh])\s*", text)
    if not match or int(match[1]) == 0:
        msg = f"--rate {text!r} is not a rate: write N/second or N/minute, N at least 1"
        raise UsageError(msg)
    unit = next(name for name in _UNITS if name.startswith(match[2]))
    return int(match[1]), _UNITS[unit]


class Pace:
    """Spreads requests evenly over time, so that no window of the target's ever holds too many."""

    def __init__(self, rate: tuple[int, float] | None) -> None:
        self.rate = rate
        self._limiter = Limiter(_even(*rate)) if rate else None

    async def wait(self) -> None:
        """Return when the next request may go."""
        if self._limiter:
            await self._limiter.try_acquire_async("request")

    def seconds(self, requests: int) -> float:
        """How long that many requests take at the least."""
        return requests * self.rate[1] / self.rate[0] if self.rate else 0.0


def _even(requests: int, seconds: float) -> Rate:
    interval = seconds * 1000 / requests
    burst = max(1, math.floor(20 / interval))  # below 20 ms between requests, small bursts are as even as it gets
    return Rate(burst, math.ceil(interval * burst * _SLACK))
