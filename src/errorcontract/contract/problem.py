"""What is wrong with a contract, where it stands, and the nearest right word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

Path = tuple[str | int, ...]
"""The way to a value in a document: keys and list positions."""

FEW = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with a contract. `line` is 0 where a file as a whole is meant."""

    file: str
    line: int
    key: str
    text: str

    def __str__(self) -> str:
        """The problem as compilers print it: `contract.yaml:12: data: unknown key 'lern'`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.key}: {self.text}" if self.key else f"{place}: {self.text}"


class Refused(Exception):  # noqa: N818 - it is turned into a Problem and never leaves this room
    """A document can't be used at all."""

    def __init__(self, text: str, line: int = 0) -> None:
        super().__init__(text)
        self.text = text
        self.line = line


class Located(Protocol):
    """A document that knows where its values stand."""

    def place(self, path: Path) -> tuple[str, int]:
        """The file and line of a value; the nearest outer one where there is none."""


@dataclass(slots=True)
class Problems:
    """Collects problems in the order in which they are found."""

    found: list[Problem] = field(default_factory=list)

    def add(self, document: Located, path: Path, text: str, *, key: Path | None = None) -> None:
        """Note a problem of the value at `path`; `key` is what to call it, if not so."""
        file, line = document.place(path)
        self.found.append(Problem(file=file, line=line, key=dotted(path if key is None else key), text=text))

    def refuse(self, file: str, refusal: Refused) -> None:
        """Note that a whole file can't be used."""
        self.found.append(Problem(file=file, line=refusal.line, key="", text=refusal.text))


def dotted(path: Path) -> str:
    """A path as people write it: `operations.sendTopUp.good[0].body`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def nearest(word: str, choices: Iterable[str]) -> str:
    """A tail for a message: the choice that was probably meant, "" if none is near."""
    everything = sorted(choices)
    lowered = {choice.lower(): choice for choice in reversed(everything)}
    close = difflib.get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.6)
    return f", did you mean {lowered[close[0]]!r}?" if close else ""


def unknown(what: str, word: str, choices: Iterable[str]) -> str:
    """A message for a word that names nothing: with the nearest right one, or else with all if they are few."""
    everything = sorted(choices)
    hint = nearest(word, everything)
    if not hint and 0 < len(everything) <= FEW:
        hint = f"; there are {', '.join(everything)}"
    return f"unknown {what} {word!r}{hint}"
