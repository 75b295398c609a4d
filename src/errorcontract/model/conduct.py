"""What a client did with the answers of a scripted server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ID = re.compile(r"[0-9]")


def route(place: str) -> str:
    """A place without what is another each time: ids in its path, which are taken by their digits."""
    return "/".join("*" if _ID.search(part) else part for part in place.split("/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request of a client, as far as its value can be told apart from others without its secrets.

    `place` is method and path, `content` a digest of all that makes it this call and no other, `gist` one of what is
    left of it without references, times and random values, `reference` one of the caller's own key for it (a reference,
    an idempotency key), None where it has none, `credential` one of who sent it.
    """

    place: str
    content: str
    gist: str = ""
    reference: str | None = None
    credential: str | None = None
    scripted: bool = True
    """Whether it was answered as the case says; other calls of the client succeed."""
    missed: bool = False
    """Whether it looked for what was sent, and was told that there is no such thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a client program ended. `stopped`: it did not end by itself. `crash`: the last words of its runtime."""

    code: int | None = None
    signal: str | None = None
    stopped: str | None = None
    crash: str | None = None
    silence: float = 0.0
    """Seconds between its last answer and its end."""
    seconds: float = 0.0
    output: str = ""

    def told(self) -> str:
        """How it ended, in a few words."""
        if self.stopped:
            return f"was stopped: {self.stopped}"
        if self.signal:
            return f"was killed by {self.signal}"
        return f"ended with exit code {self.code}" + (f", {self.crash}" if self.crash else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What is known of a client from other cases: its calls when all goes well, its endings after known errors.

    `calls`: for each place how many different contents were sent, how often the same one at most, and how many in all.
    `endings`: by class of status ("4xx", "5xx").
    """

    calls: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    endings: Mapping[str, tuple[Ending, ...]] = field(default_factory=dict)

    def of(self, place: str) -> tuple[int, int, int]:
        """The numbers of a place, or of one that differs by its ids only."""
        return next((told for known, told in self.calls.items() if route(known) == route(place)), (0, 1, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """What a client did in one case. `attempts` stand beside the exchanges, one for each.

    `strange`: what of the answers no client can know beforehand: a code, a status, the form of the body; None: nothing.
    `ending` is None where the client is no program of its own. `watched` are the seconds that it was looked at.
    """

    attempts: tuple[Attempt, ...] = ()
    strange: str | None = None
    kind: str = ""
    """The class of its failing answers: "4xx", "5xx", "lost", or nothing where none fails for good."""
    ending: Ending | None = None
    usual: Usual | None = None
    watched: float = 0.0
