"""Where a pytest session keeps its harness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from errorcontract.plugin.harness import Harness

_KEY = pytest.StashKey["Harness"]()


def keep(config: pytest.Config, harness: Harness) -> None:
    """Make it known to every hook."""
    config.stash[_KEY] = harness


def harness_of(config: pytest.Config) -> Harness | None:
    """The session's harness, None where the session is about other tests."""
    return config.stash.get(_KEY, None)


def is_worker(config: pytest.Config) -> bool:
    """Whether this process is one of several that share the tests."""
    return hasattr(config, "workerinput")
