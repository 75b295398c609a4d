"""Requests by status, as the figures of a picture that mirrors itself for right-to-left readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from errorcontract.reporting.language import Language
from errorcontract.reporting.text import one_line

WIDTH = 400
ROW = 26
_LABEL = 76
_LONGEST = 230
_GAP = 8
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of the picture, in its coordinates. `kind` is the class of the status: `4xx`, `none`."""

    label: str
    count: str
    kind: str
    y: int
    x: float
    width: float
    label_at: float
    count_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """`told` says in words what the picture shows."""

    bars: tuple[Bar, ...]
    height: int
    told: str


def chart_of(by_status: Mapping[str, int], words: Language) -> Chart:
    """The picture of a run's answers. Statuses beyond the most frequent ones stand together."""
    counts = _few(by_status, words)
    longest = max((count for _, count, _ in counts), default=1) or 1
    bars = tuple(_bar(row, one, longest, words) for row, one in enumerate(counts))
    told = "; ".join(f"{bar.label}: {bar.count}" for bar in bars)
    return Chart(bars=bars, height=ROW * len(bars), told=told)


def _few(by_status: Mapping[str, int], words: Language) -> list[tuple[str, int, str]]:
    """(label, count, kind), by status."""
    rare = sorted(by_status, key=lambda status: -by_status[status])[_SHOWN:]
    kept = [(_label(status, words), by_status[status], _kind(status)) for status in by_status if status not in rare]
    others = sum(by_status[status] for status in rare)
    return [*kept, (words.text("traffic.others"), others, "none")] if others else kept


def _bar(row: int, one: tuple[str, int, str], longest: int, words: Language) -> Bar:
    label, count, kind = one
    width = max(round(_LONGEST * count / longest, 1), 2.0)
    mirrored = words.direction == "rtl"
    return Bar(
        label=label,
        count=words.number(count),
        kind=kind,
        y=row * ROW,
        x=WIDTH - _LABEL - width if mirrored else _LABEL,
        width=width,
        label_at=WIDTH if mirrored else 0,
        count_at=WIDTH - _LABEL - width - _GAP if mirrored else _LABEL + width + _GAP,
    )


def _label(status: str, words: Language) -> str:
    return status if status.isdecimal() else words.text("traffic.no_answer") if status else one_line(status, 12)


def _kind(status: str) -> str:
    return f"{status[0]}xx" if status[:1] in {"1", "2", "3", "4", "5"} else "none"
