"""Minds what a target asks for by 429, too many requests."""

from __future__ import annotations

import asyncio
import time

from errorcontract.model import Case, Exchange

TOO_MANY = 429
_LONGEST_HOLD = 65.0


class Throttle:
    """Holds requests back for as long as a 429 asks, and does not send again what got one.

    `held` counts those answers; `most` is how many seconds they may go on.
    """

    def __init__(self, most: float) -> None:
        self.held = 0
        self._most = most
        self._until = 0.0
        self._since: float | None = None

    async def wait(self) -> None:
        """Wait until requests may go again."""
        await asyncio.sleep(max(0.0, self._until - time.monotonic()))

    def mind(self, exchange: Exchange, case: Case) -> bool:
        """Take note of an answer. Whether the target goes on with it for too long."""
        response = exchange.response
        if response is None or response.status != TOO_MANY or case.about == "burst" or _awaits_it(case):
            self._since = None if response and response.status != TOO_MANY else self._since
            return False
        told = response.header("Retry-After") or ""
        seconds = float(told) if told.isascii() and told.isdigit() else 1.0
        self.held += 1
        self._until = time.monotonic() + min(seconds, _LONGEST_HOLD)
        self._since = self._since or time.monotonic()
        return self._until - self._since > self._most


def _awaits_it(case: Case) -> bool:
    """Whether a case is about a 429 of its own, which says nothing of how fast the run may go."""
    return any(TOO_MANY in step.promise.statuses for step in case.steps)
