"""Texts as words of a shell: what must be new or secret each time is left to the shell to fill in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

TOKEN = "ERRORCONTRACT_TOKEN"  # noqa: S105 - the name of a variable
_SED_SAFE = re.compile(r"[\w.:-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Writes words. `run` is the prefix of the run's references, `given` variables by the values they stand for.

    `secrets` are the names of the variables that hold credentials; in headers alone they are filled in.
    """

    run: str
    given: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = (TOKEN,)

    def word(self, text: str) -> str:
        """A word of any text."""
        parts = self._fills().split(text)
        return "".join(map(self._part, parts)) or "''"

    def header(self, line: str) -> str:
        """A word of a header line; whatever else looks like a variable is none."""
        parts = self._credentials().split(line)
        words = (f'"{part}"' if place % 2 else self.word(part) for place, part in enumerate(parts) if part)
        return "".join(words) or "''"

    def renewed(self, body: bytes) -> str:
        """What a pipe must do to a body so that its values are new; empty where there is nothing to do."""
        values = {**self.given, self.run: "RUN"}
        found = [value for value in sorted(values, key=len, reverse=True) if value and value.encode() in body]
        edits = "".join(f"s/{re.escape(value)}/${values[value]}/g;" for value in found if _SED_SAFE.fullmatch(value))
        return f' | sed "{edits}"' if edits else ""

    def _part(self, part: str) -> str:
        if part == self.run:
            return '"${RUN}"'
        if part in self.given:
            return f'"${{{self.given[part]}}}"'
        return shlex.quote(part) if part else ""

    def _fills(self) -> re.Pattern[str]:
        values = sorted(self.given, key=len, reverse=True)
        patterns = [rf"(?<!\w){re.escape(value)}(?!\w)" for value in values]
        return re.compile(f"({'|'.join([*patterns, re.escape(self.run)])})")

    def _credentials(self) -> re.Pattern[str]:
        names = "|".join(map(re.escape, self.secrets)) or TOKEN
        return re.compile(rf"(\$\{{(?:{names})(?:%\?|\^\^)?\}})")
