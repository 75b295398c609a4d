"""Figures as text, and tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from figures import Spread


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, the first column to the left and all others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def number(value: float) -> str:
    """A figure with as many digits as it deserves."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"  # noqa: PLR2004


def spelled(found: Spread | None) -> str:
    """The median, with the least and the largest where they differ."""
    if found is None:
        return "-"
    text = number(found.middle)
    return text if found.least == found.most else f"{text} ({number(found.least)} to {number(found.most)})"
