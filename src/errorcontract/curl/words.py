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
    `private` are expressions of the shell by the values that must not be shown.
    """

    run: str
    given: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = (TOKEN,)
    private: Mapping[str, str] = field(default_factory=dict)

    def word(self, text: str) -> str:
        """A word of any text."""
        parts = self._fills().split(text)
        return "".join(map(self._part, parts)) or "''"

    def header(self, line: str) -> str:
        """A word of a header line; whatever else looks like a variable is none."""
        parts = self._credentials().split(line)
        words = (f'"{part}"' if place % 2 else self.word(part) for place, part in enumerate(parts) if part)
        return "".join(words) or "''"

    def shown(self, body: bytes) -> tuple[bytes, str]:
        """A body without private values, and what a pipe must do to it so that it has them."""
        edits = []
        for number, value in enumerate(sorted(self.private, key=len, reverse=True)):
            if value.encode() in body:
                body = body.replace(value.encode(), f"@PRIVATE-{number}@".encode())
                edits.append(f"s|@PRIVATE-{number}@|{self.private[value]}|g;")
        return body, f' | sed "{"".join(edits)}"' if edits else ""

    def renewed(self, body: bytes) -> str:
        """What a pipe must do to a body so that its values are new; empty where there is nothing to do."""
        values = {**self.given, self.run: "RUN"}
        found = [value for value in sorted(values, key=len, reverse=True) if value and value.encode() in body]
        edits = "".join(f"s/{re.escape(value)}/${values[value]}/g;" for value in found if _SED_SAFE.fullmatch(value))
        return f' | sed "{edits}"' if edits else ""

    def _part(self, part: str) -> str:
        if part == self.run:
            return '"${RUN}"'
        if part in self.private:
            return f'"{self.private[part]}"'
        if part in self.given:
            return f'"${{{self.given[part]}}}"'
        return shlex.quote(part) if part else ""

    def _fills(self) -> re.Pattern[str]:
        values = sorted(self.given, key=len, reverse=True)
        patterns = [rf"(?<!\w){re.escape(value)}(?!\w)" for value in values]
        private = [re.escape(value) for value in sorted(self.private, key=len, reverse=True)]
        return re.compile(f"({'|'.join([*private, *patterns, re.escape(self.run)])})")

    def _credentials(self) -> re.Pattern[str]:
        names = "|".join(map(re.escape, self.secrets)) or TOKEN
        return re.compile(rf"(\$\{{(?:{names})(?:%\?|\^\^)?\}})")
