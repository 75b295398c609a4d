"""What a run must not show: values given before it, and those that the target tells in its course."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain

from errorcontract.exchange.masking.needles import Needle, long_enough
from errorcontract.model import HIDDEN, hidden

_MOST_LEARNED = 256
_LONG = 16
_DIGITS = re.compile(r"\d[\d ().\-/\u00a0\u202f]{5,}\d")


class Known:
    """Values with their marks. The same value has the same mark for the whole of a run."""

    def __init__(self, secrets: Iterable[str] | Mapping[str, str] = ()) -> None:
        self._given: dict[str, Needle] = {}
        self._learned: OrderedDict[str, Needle] = OrderedDict()
        self._numbers: Counter[str] = Counter()
        self._issued: dict[str, None] = {HIDDEN: None}
        self.sources: dict[str, tuple[str, str]] = {}
        """Of the values that were given and are no credentials, what they are called and where they come from."""
        self.short: list[str] = []
        """The names of values that are too short to be told from ordinary text."""
        named = secrets.items() if isinstance(secrets, Mapping) else ((None, secret) for secret in secrets)
        for name, value in named:
            if long_enough(value):
                self._keep(value, HIDDEN if name is None else hidden(name))
            else:
                self.short.append(name or "a credential")

    def __bool__(self) -> bool:
        """Whether there is anything to hide."""
        return bool(self._given or self._learned)

    def give(self, value: str, name: str, source: str) -> None:
        """A value that is known before the run, and where somebody who may know it finds it."""
        if not long_enough(value):
            self.short.append(name)
        elif value not in self._given:
            self._keep(value, self._mark(name))
            self.sources[value] = (name, source)

    def learn(self, value: str, name: str) -> None:
        """A value that the target told. Of very many, those that were seen last are known."""
        if value in self._learned:
            self._learned.move_to_end(value)
        elif value not in self._given and long_enough(value):
            self._learned[value] = Needle(value=value, mark=self._mark(name), fixed=False)
            while len(self._learned) > _MOST_LEARNED:
                self._learned.popitem(last=False)
            self._forget_forms()

    def has(self, value: str) -> bool:
        """Whether it is known."""
        return value in self._given or value in self._learned

    def mark_of(self, value: str, name: str) -> str:
        """The mark of a value where its place is known: its own if it has one."""
        needle = self._given.get(value) or self._learned.get(value)
        return needle.mark if needle else self._issue(f"***{_plain(name)}***")

    def _keep(self, value: str, mark: str) -> None:
        if value not in self._given:
            self._given[value] = Needle(value=value, mark=self._issue(mark))
            self._forget_forms()

    def _mark(self, name: str) -> str:
        name = _plain(name)
        self._numbers[name] += 1
        return self._issue(f"***{name}-{self._numbers[name]}***")

    def _issue(self, mark: str) -> str:
        if mark not in self._issued:
            self._issued[mark] = None
            self.__dict__.pop("marks", None)
        return mark

    def _forget_forms(self) -> None:
        for name in ("needles", "plain", "written", "packed", "stretch", "shortest", "quoted", "numbers"):
            self.__dict__.pop(name, None)

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        """All values."""
        return (*self._given.values(), *self._learned.values())

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The forms to look for in a text in lower case."""
        return tuple(dict.fromkeys(chain.from_iterable((*one.plain, *one.hex) for one in self.needles)))

    @cached_property
    def written(self) -> tuple[str, ...]:
        """The forms to look for in a line of JSON in lower case."""
        return tuple(dict.fromkeys(chain.from_iterable(one.written for one in self.needles)))

    @cached_property
    def packed(self) -> tuple[bytes, ...]:
        """The forms to look for in stretches of Base64."""
        return tuple(form.encode() for form in dict.fromkeys(chain.from_iterable(one.inner for one in self.needles)))

    @cached_property
    def stretch(self) -> int:
        """How long a stretch of Base64 must be to hold a value."""
        return min(map(len, self.packed), default=_LONG)

    @cached_property
    def shortest(self) -> int:
        """How long a text must be to hold a value."""
        return min((len(one.value) for one in self.needles), default=0)

    @cached_property
    def quoted(self) -> bool:
        """Whether a value has a character that JSON escapes by itself."""
        return any(char in one.value for one in self.needles for char in "\"'\\")

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The digits of those that are numbers."""
        return frozenset(one.digits[1] for one in self.needles if one.digits)

    def number_in(self, text: str) -> bool:
        """Whether one of the numbers stands in a text, in any way to write it."""
        for run in _DIGITS.findall(text):
            digits = "".join([str(unicodedata.decimal(char)) for char in run if char.isdecimal()])
            if any(number in digits for number in self.numbers):
                return True
        return False

    @cached_property
    def marks(self) -> re.Pattern[str]:
        """A pattern of every mark that was ever given."""
        return re.compile("|".join(re.escape(mark) for mark in sorted(self._issued, key=len, reverse=True)))


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)[:40] or "value"
