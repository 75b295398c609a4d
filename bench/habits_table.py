"""The table of docs/clients.md."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import UTC, datetime

from habits import Habits

START, END = "<!-- habits: python bench/client_habits.py -->", "<!-- end of habits -->"
_HEAD = ("client", "setting", "4xx sent again", "Retry-After: 2", "as a date", "attempts at 503", "at a lost answer")
_RULES = ("never-retries-4xx", "honours-delay", "bounded", "never-resends-unsafe", "survives-unknown")


def table(told: Sequence[Habits]) -> str:
    """The habits as Markdown."""
    rows = [(*_HEAD, "findings"), ("---",) * (len(_HEAD) + 1), *(_row(one) for one in told)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    seconds = [one.seconds for one in told]
    note = (
        f"Measured on {when} with Python {platform.python_version()}; an audit took {min(seconds):.0f} to "
        f"{max(seconds):.0f} s. *GET* reads the balance, *POST* sends a top-up with a reference."
    )
    return "\n".join([*lines, "", note])


def put_in(document: str, text: str) -> str:
    """The document with the table in its place. Raises ValueError where it has none."""
    before, start, rest = document.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"the document has no place between {START} and {END}")
    return f"{before}{START}\n\n{text}\n\n{END}{after}"


def _row(one: Habits) -> tuple[str, ...]:
    number, gets, posts = one.refused_again
    again = "never" if not gets + posts else f"GET {gets}, POST {posts} of {number}"
    return (
        one.program.libraries,
        one.program.setting,
        again,
        one.waits["429-seconds"],
        one.waits["429-date"],
        "GET {}, POST {}".format(*one.unavailable),
        "GET {}, POST {}".format(*one.lost),
        ", ".join(f"{rule} ({one.findings[rule]})" for rule in _RULES if rule in one.findings) or "none",
    )
