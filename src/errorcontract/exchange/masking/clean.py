"""Remembers which texts hold no known value: most texts come again and again."""

from __future__ import annotations

from errorcontract.exchange.masking.known import Known

_SHORT, _MOST_SHORT, _MOST_LONG = 256, 20_000, 64


class Clean:
    """Texts that were looked into since something was learned last.

    Of long ones a few are remembered, as a body is looked into once more when it is written.
    """

    def __init__(self, known: Known) -> None:
        self._known, self._looked_for = known, known.needles
        self._short: set[str] = set()
        self._long: set[str] = set()

    def has(self, text: str) -> bool:
        """Whether a text was looked into, and nothing was learned since."""
        if self._looked_for is not self._known.needles:
            self._looked_for = self._known.needles
            self._short.clear()
            self._long.clear()
        return text in (self._short if len(text) <= _SHORT else self._long)

    def add(self, text: str) -> None:
        """A text holds no known value."""
        if len(text) <= _SHORT:
            if len(self._short) < _MOST_SHORT:
                self._short.add(text)
            return
        if len(self._long) >= _MOST_LONG:
            self._long.clear()
        self._long.add(text)
