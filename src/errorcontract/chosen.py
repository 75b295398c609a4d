"""Which contracts a run is about, and which of the given values, faults and choices each of them takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from errorcontract.contract import bundled, data_names_of, nearest
from errorcontract.embedded import check_names, reference
from errorcontract.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What was asked of the embedded reference APIs: a fault, other ways to answer."""

    fault: str | None = None
    choices: tuple[str, ...] = ()

    def of(self, contract: str) -> Changes:
        """Those that the reference API of a contract knows."""
        if self == Changes():
            return self
        api = reference(contract)
        faults, choices = {one.name for one in api.faults}, {one.name for one in api.choices}
        return Changes(
            fault=self.fault if self.fault in faults else None,
            choices=tuple(name for name in self.choices if name in choices),
        )

    @property
    def arguments(self) -> list[str]:
        """As the command line of the reference API takes them."""
        fault = ["--fault", self.fault] if self.fault else []
        return [*fault, *(word for name in self.choices for word in ("--choice", name))]


def embedded(changes: Changes) -> list[str]:
    """The bundled contracts whose reference APIs know all the changes.

    Raises UsageError for a change that no reference API knows, and for changes that none knows together.
    """
    check_names(bundled(), changes.fault, changes.choices)
    kept = [name for name in bundled() if changes.of(name) == changes]
    if not kept:
        raise UsageError(f"no reference API knows all of {_told(changes)}: name the contracts with --contract")
    return kept


def _told(changes: Changes) -> str:
    given = [f"--fault {changes.fault}"] if changes.fault else []
    return ", ".join([*given, *(f"--choice {name}" for name in changes.choices)])


def dealt(names: Sequence[str], data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The values of known data for each contract: those whose names it knows. One alone is given all, to refuse them.

    Raises UsageError for a name that none of several contracts knows.
    """
    if len(names) == 1:
        return {names[0]: dict(data)}
    known = {name: data_names_of(name) for name in names} if data else {}
    everything = frozenset[str]().union(*known.values())
    for key in data:
        if key not in everything:
            near = nearest(key, everything)
            raise UsageError(f"--data {key}: none of {', '.join(names)} knows a value of that name{near}")
    return {name: {key: value for key, value in data.items() if key in known.get(name, ())} for name in names}
