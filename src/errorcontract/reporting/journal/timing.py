"""How long answers took, gathered exchange by exchange: four bytes for each, and the slowest few."""

from __future__ import annotations

from array import array
from heapq import heappush, heappushpop
from math import ceil

from errorcontract.reporting.reading.tolerant import Line, maybe, members, seconds, whole, words
from errorcontract.reporting.result import Slow, Timing

_SLOWEST = 10
_LONGEST_URL = 300


class Timings:
    """Gathers the exchanges of one run."""

    def __init__(self) -> None:
        self._seconds: dict[str, array[float]] = {}
        self._slowest: list[tuple[float, int, Slow]] = []
        self._taken = 0

    def take(self, line: Line) -> None:
        """Add an `exchange` line. Those without an answer can be slow, but tell nothing of the operation."""
        lasted, operation = seconds(line.get("seconds")), words(line.get("to", line.get("operation")))
        if isinstance(line.get("response"), dict):
            self._seconds.setdefault(operation, array("f")).append(lasted)
        self._taken += 1
        rank = lasted, -self._taken  # of two that took as long, the earlier
        if len(self._slowest) < _SLOWEST:
            heappush(self._slowest, (*rank, _slow(line)))
        elif rank > self._slowest[0][:2]:
            heappushpop(self._slowest, (*rank, _slow(line)))

    def operations(self) -> tuple[Timing, ...]:
        """The operations, the slowest first."""
        timed = (_timing(operation, sorted(lasted)) for operation, lasted in self._seconds.items())
        return tuple(sorted(timed, key=lambda one: (-one.median, one.operation)))

    def slowest(self) -> tuple[Slow, ...]:
        """The exchanges that took longest."""
        return tuple(one for _, _, one in sorted(self._slowest, key=lambda each: (-each[0], -each[1])))


def _timing(operation: str, lasted: list[float]) -> Timing:
    return Timing(
        operation=operation,
        answers=len(lasted),
        median=_quantile(lasted, 0.5),
        p95=_quantile(lasted, 0.95),
        slowest=_quantile(lasted, 1.0),
    )


def _quantile(lasted: list[float], share: float) -> float:
    """The least value that this share of all does not exceed."""
    return round(lasted[max(ceil(len(lasted) * share) - 1, 0)], 6)


def _slow(line: Line) -> Slow:
    request, response = members(line.get("request")), line.get("response")
    return Slow(
        number=whole(line.get("number")),
        operation=maybe(line.get("to", line.get("operation"))),
        method=words(request.get("method")),
        url=words(request.get("url"))[:_LONGEST_URL],
        status=whole(response.get("status")) if isinstance(response, dict) else None,
        seconds=seconds(line.get("seconds")),
    )
