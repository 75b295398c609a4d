"""What there is, as lines to print: contracts, rules, faults, choices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from errorcontract.contract import bundled, load, profiles, title_of
from errorcontract.embedded import reference
from errorcontract.rules import all_rules

Lines = Callable[[Sequence[str]], Iterator[str]]
"""The lines of a list. The names are the contracts it is to be about; none: all of them."""


def _contracts(_: Sequence[str]) -> Iterator[str]:
    for name in bundled():
        contract = load(name)
        yield f"{name:<16} {contract.title}: {len(contract.operations)} operations, {len(contract.codes)} codes"
    yield ""
    yield "profiles, for an API that has no contract yet: --target URL --contract PROFILE --openapi FILE|URL"
    for name in profiles():
        yield f"{name:<16} {title_of(name)}"


def _rules(_: Sequence[str]) -> Iterator[str]:
    for rule in all_rules():
        yield f"{rule.id:<26} {rule.group:<12} {rule.title}"


def _faults(names: Sequence[str]) -> Iterator[str]:
    return _by_contract(names, lambda api: [f"{one.name:<36} {one.rule:<26} {one.origin}" for one in api.faults])


def _choices(names: Sequence[str]) -> Iterator[str]:
    return _by_contract(names, lambda api: [f"{one.name:<36} {one.meaning}" for one in api.choices])


def _by_contract(names: Sequence[str], lines: Callable[[Any], list[str]]) -> Iterator[str]:
    """The lines of each contract below its name."""
    for number, name in enumerate(names or bundled()):
        if number:
            yield ""
        yield f"{name}:"
        yield from (f"  {line}" for line in lines(reference(name)))


OF_A_CONTRACT = ("faults", "choices")
LISTS: dict[str, tuple[Lines, str]] = {
    "contracts": (_contracts, "the bundled contracts and profiles"),
    "rules": (_rules, "the rules, each one promise that is judged"),
    "faults": (_faults, "the defects that the reference APIs can be served with"),
    "choices": (_choices, "the other ways in which the reference APIs may answer"),
}
