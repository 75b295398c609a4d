"""The exchanges of a run, counted and timed as their lines come."""

from __future__ import annotations

from collections import Counter

from errorcontract.reporting.journal.timing import Timings
from errorcontract.reporting.reading.tolerant import Line, seconds, words

_NO_ANSWER = "no answer"


class Exchanges:
    """How many there were, with which statuses, and how long they took."""

    def __init__(self) -> None:
        self.requests = 0
        self.statuses: Counter[str] = Counter()
        self.timings = Timings()
        self._first: float | None = None
        self._last = 0.0

    @property
    def lasted(self) -> float:
        """Seconds from the first request to the last answer."""
        return round(self._last - self._first, 3) if self._first is not None else 0.0

    def take(self, line: Line) -> None:
        """Add an `exchange` line."""
        response = line.get("response")
        self.requests += 1
        self.timings.take(line)
        self.statuses[words(response.get("status")) if isinstance(response, dict) else _NO_ANSWER] += 1
        started = seconds(line.get("started"))
        if started:
            self._first = min(started, self._first or started)
            self._last = max(self._last, started + seconds(line.get("seconds")))
