"""--list-…: prints and exits."""

from __future__ import annotations

import pytest

from errorcontract.errors import HarnessError
from errorcontract.lists import LISTS
from errorcontract.plugin.options import as_usage


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Print what was asked for instead of running tests."""
    lists = [lines for name, (lines, _) in LISTS.items() if config.getoption(f"ec_list_{name}")]
    try:
        for lines in lists:
            print("\n".join(lines(config.getoption("ec_contract"))))  # noqa: T201
    except HarnessError as problem:
        raise as_usage(problem) from None
    return 0 if lists else None
