"""Whether a known value may stand in a text, in whatever form: quick to say no, as most texts hold none."""

from __future__ import annotations

import re

from errorcontract.exchange.masking.escapes import APART, ESCAPED, ESCAPED_LINE, TELLING, TELLING_LINE, readings
from errorcontract.exchange.masking.known import Known
from errorcontract.exchange.masking.needles import lowered
from errorcontract.exchange.masking.packed import opened, readable, stretches
from errorcontract.exchange.masking.spans import DEEPEST

_BREAK = re.compile(r"=?=?(?:\\+[rn]|[\r\n])+[ \t]?")


class Suspicion:
    """Looks for what is known, whatever is known by then."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def of_line(self, line: str) -> bool:
        """Whether a value may stand in any text of a line of JSON whose letters are written as they are."""
        low = lowered(line)
        return bool(
            any(form in low for form in self._known.written)
            or (ESCAPED_LINE if self._known.quoted else TELLING_LINE).search(line)
            or self._packed_in(line)
        )

    def of(self, text: str) -> bool:
        """Whether a value may stand in a text."""
        if self._told(text):
            return True
        escaped = (ESCAPED if self._known.quoted else TELLING).search(text)
        return escaped is not None and self._inside(text, DEEPEST)

    def _inside(self, text: str, deepest: int) -> bool:
        """Whether a value may stand in a text below layers of escapes."""
        return APART.search(text) is not None or any(self._told(inner, deepest) for inner in readings(text, deepest))

    def _told(self, text: str, deepest: int = DEEPEST) -> bool:
        """Whether a value may stand in a text as it is, or packed."""
        low = lowered(text)
        return any(form in low for form in self._known.plain) or self._packed_in(text, deepest)

    def _packed_in(self, text: str, deepest: int = DEEPEST) -> bool:
        return self._coded(_joined(text) if "\n" in text or "\\n" in text else text, deepest)

    def _coded(self, text: str, deepest: int) -> bool:
        """Whether a value may stand in a text as Base64, or as a number that is written in another way."""
        runs = stretches(text, self._known.stretch)
        coded = b" ".join(runs)
        return (
            any(form in coded for form in self._known.packed)
            or any(deepest <= 0 or self._opened(run, deepest - 1) for run in runs if readable(run))
            or (bool(self._known.numbers) and self._known.number_in(text))
        )

    def _opened(self, run: bytes, deepest: int) -> bool:
        """Whether a value may stand in what a stretch holds."""
        return any(self._told(inner, deepest) or self._inside(inner, deepest) for inner in opened(run))


def _joined(text: str) -> str:
    """The text without its line breaks, in which Base64 is broken up; in JSON they are escaped, once or twice."""
    return _BREAK.sub("", text)
