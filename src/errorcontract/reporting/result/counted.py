"""What a run counted and timed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one finished question counted.

    rules: {id: (judged, broken)}; operations: {id: (requests, accepted, rejected)}; codes: {code: {status: times}};
    causes: {id: (sent, {code: times})}; unsent: {(cause, why): cases}.
    """

    question: str
    family: str = ""
    operation: str | None = None
    requests: int = 0
    seconds: float = 0.0
    rules: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    operations: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    statuses: Counts = field(default_factory=dict)
    codes: Mapping[str, Counts] = field(default_factory=dict)
    causes: Mapping[str, tuple[int, Counts]] = field(default_factory=dict)
    unsent: Mapping[tuple[str, str], int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long the answers of an operation took, in seconds. An empty `operation`: none that the contract documents."""

    operation: str
    answers: int
    median: float
    p95: float
    slowest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Slow:
    """One of the exchanges that took longest. No `status`: no answer came."""

    number: int
    method: str
    url: str
    seconds: float
    operation: str | None = None
    status: int | None = None
