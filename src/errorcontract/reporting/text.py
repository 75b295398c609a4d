"""Text that came from a target, made safe to look at: nothing hidden, nothing acted on."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|#(?=#(?:vso|teamcity)?\[)", re.MULTILINE | re.IGNORECASE)
_BREAKS = re.compile("[\t\n]")


def visible(text: str) -> str:
    """Control characters, direction marks, lone surrogates and invisible letters shown as ⟦U+202E⟧.

    Line feed and tab stay; a carriage return before a line feed goes silently.
    """
    return _HIDDEN.sub(_name, text.replace("\r\n", "\n"))


def printed(text: str) -> str:
    """Visible text in which nothing is a command to a CI server that reads along: `::error::`, `##[error]`."""
    return _COMMAND.sub(_disarmed, visible(text))


def one_line(text: str, limit: int = 300) -> str:
    """Visible text on one line, cut at `limit` characters."""
    return clip(_BREAKS.sub(" ", visible(text)).strip(), limit)


def clip(text: str, limit: int) -> str:
    """Text of at most `limit` characters; an ellipsis says that more followed."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)].rstrip() + "…"


def plural(count: int, word: str) -> str:
    """`1 finding`, `2 findings`, `1,200 queries`."""
    if count == 1:
        return f"1 {word}"
    return f"{count:,} {word[:-1]}ies" if word.endswith("ry") else f"{count:,} {word}s"


def _disarmed(match: re.Match[str]) -> str:
    sign = match.group()[-1]
    return f"{match.group()[:-1]}⟦U+{ord(sign):04X}⟧"


def _name(match: re.Match[str]) -> str:
    return f"⟦U+{ord(match.group()):04X}⟧"
