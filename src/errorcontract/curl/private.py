"""Values that nobody may see: a shell variable stands for each, and the commands say where to take it from."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from urllib.parse import quote

_IN_URL = "python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1], safe=\"\"))'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """The variable of a value. `source` tells where somebody who may know the value finds it."""

    value: str
    name: str
    source: str

    @property
    def forms(self) -> Mapping[str, str]:
        """What the shell is to write in the place of each form of the value."""
        forms = {self.value: f"${{{self.name}}}"}
        if self.in_url != self.value:
            forms[self.in_url] = f"${{{self.name}_IN_URL}}"
        core = self.value.lstrip("+0")
        if self.value.lstrip("+").isdigit() and len(core) > len(self.value) // 2 and core != self.value:
            forms[core] = f"${{{self.name}:{len(self.value) - len(core)}}}"
        return forms

    @property
    def in_url(self) -> str:
        """The value as it stands in a URL or a form."""
        return quote(self.value, safe="")

    def lines(self, script: str) -> list[str]:
        """What must stand before a script that uses the variable."""
        used = re.search(rf"\$\{{{self.name}(?:_IN_URL)?[:}}]", script) is not None
        coded = f"{self.name}_IN_URL"
        filled = [f'{coded}=$({_IN_URL} "${{{self.name}}}")'] if f"${{{coded}}}" in script else []
        return [f': "${{{self.name}:?{self.source}}}"', *filled] if used else []


def variables(named: Mapping[str, tuple[str, str]], taken: Iterable[str]) -> list[Variable]:
    """A variable for each value; `named` tells what it is called and where it comes from."""
    known, found = set(taken), []
    for value, (called, source) in named.items():
        if json.dumps(value, ensure_ascii=False)[1:-1] != value:
            continue  # it would stand in a body in another form; the mask takes its place
        name = _free(re.sub(r"\W", "_", called, flags=re.ASCII).upper(), known)
        known.add(name)
        found.append(Variable(value=value, name=name, source=re.sub(r"[^\w .,=-]", "", source)))
    return found


def _free(name: str, taken: Collection[str]) -> str:
    """A name of a variable that is not taken."""
    first = name if re.match(r"[A-Z_]", name) else f"VALUE_{name}"
    return first if first not in taken else next(
        other for number in count(2) if (other := f"{first}_{number}") not in taken
    )
