"""--list-…: prints and exits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from errorcontract.contract import bundled, load
from errorcontract.embedded import reference
from errorcontract.errors import HarnessError
from errorcontract.plugin.options import as_usage
from errorcontract.rules import all_rules


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Print what was asked for instead of running tests."""
    lists = [lines for name, lines in _LISTS.items() if config.getoption(f"ec_list_{name}")]
    try:
        for lines in lists:
            print("\n".join(lines(config.getoption("ec_contract"))))  # noqa: T201
    except HarnessError as problem:
        raise as_usage(problem) from None
    return 0 if lists else None


def _contracts(_: list[str]) -> Iterator[str]:
    for name in bundled():
        contract = load(name)
        yield f"{name:<16} {contract.title}: {len(contract.operations)} operations, {len(contract.codes)} codes"


def _rules(_: list[str]) -> Iterator[str]:
    for rule in all_rules():
        yield f"{rule.id:<26} {rule.group:<12} {rule.title}"


def _faults(contracts: list[str]) -> Iterator[str]:
    for name in contracts or bundled():
        for fault in reference(name).faults:
            yield f"{fault.name:<34} {fault.rule:<26} {fault.origin}"


def _choices(contracts: list[str]) -> Iterator[str]:
    for name in contracts or bundled():
        for choice in reference(name).choices:
            yield f"{choice.name:<34} {choice.meaning}"


_LISTS: dict[str, Callable[[list[str]], Iterator[str]]] = {
    "contracts": _contracts,
    "rules": _rules,
    "faults": _faults,
    "choices": _choices,
}
