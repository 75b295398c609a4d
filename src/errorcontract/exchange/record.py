"""What all stages of a run share."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from errorcontract.exchange.journal import Journal
from errorcontract.model import Exchange


@dataclass(slots=True)
class Record:
    """What all stages of a run share: the journal, the numbers of exchanges, and who is told of each."""

    journal: Journal
    notice: Callable[[Exchange], None] = lambda _: None
    say: Callable[[str], None] = lambda _: None
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def tell(self, text: str) -> None:
        """Note what a reader must know of the target, and say it at once."""
        self.journal.write("note", {"text": text})
        self.say(text)
