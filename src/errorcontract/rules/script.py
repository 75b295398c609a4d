"""In which script a text is written, by the Unicode names of its letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+")


def holds(text: str, script: str) -> bool:
    """Whether a text has a letter of a script."""
    return any(is_of(letter, script) for letter in text)


def words(text: str, script: str) -> list[str]:
    """The words of a text that have a letter of a script."""
    return [word for word in _WORD.findall(text) if holds(word, script)]


@lru_cache(maxsize=4096)
def is_of(character: str, script: str) -> bool:
    """Whether a character is a letter of a script: its Unicode name begins with the script's. Digits are no letters."""
    named = unicodedata.name(character, "").startswith(f"{script.upper()} ")
    return named and unicodedata.category(character).startswith("L")
