"""What takes minutes has a command of its own: `tox -e sweep` sets ERRORCONTRACT_SWEEP=1 and leaves nothing out."""

from __future__ import annotations

import os
import signal

import pytest

SWEEPS = (
    "faults/test_conforming_apis.py",
    "reliability/test_kill.py",
    "reliability/test_whole_runs.py",
    "audit/test_clients.py",
    "plugin/test_client_audit.py",
    "secrets/test_whole_runs.py",
    "run/test_ledger.py",
    "plugin/test_several_contracts.py",
    "plugin/test_profiles_alone.py",
)
"""Modules whose tests are whole runs by the dozen."""
_ALWAYS = ("test_nothing_is_found_on_the_plain_api",)


def pytest_configure() -> None:
    """Let what the tests start be interrupted, though a job in the background begins with interrupts ignored."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave sweeps out, unless they are asked for or named."""
    named = any(argument.partition("::")[0].endswith(SWEEPS) for argument in config.args)
    if os.environ.get("ERRORCONTRACT_SWEEP") == "1" or named:
        return
    left_out = [item for item in items if item.path.as_posix().endswith(SWEEPS) and not item.name.startswith(_ALWAYS)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
