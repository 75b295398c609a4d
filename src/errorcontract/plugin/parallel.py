"""With several processes, all questions to one target stay in one of them.

A balance, a lock-out and a rate limit belong to the target, and so do a budget, a pace and the request ids seen: they
are one because the process that asks is one. Other contracts, with targets of their own, run beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from errorcontract.plugin.session import harness_of

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler.protocol import Scheduling


def end_workers(config: pytest.Config) -> None:
    """Have the processes that share the questions end: a run that is cut short leaves some that still write."""
    sessions = config.pluginmanager.get_plugin("dsession")
    manager = getattr(sessions, "nodemanager", None)
    if manager is not None:
        manager.teardown_nodes()


@pytest.hookimpl(optionalhook=True, tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """A schedule that deals out whole contracts."""
    harness = harness_of(config)
    if harness is None:
        return None
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - there only if the hook is called

    class ByContract(LoadScopeScheduling):  # type: ignore[misc]
        """Deals out the questions of a contract together."""

        def _split_scope(self, nodeid: str) -> Any:
            about = nodeid.rpartition("[")[2].rstrip("]")
            contract = next((name for name in names if about == name or about.startswith(f"{name}-")), None)
            return contract or super()._split_scope(nodeid)

    names = sorted(harness.contracts, key=len, reverse=True)
    return ByContract(config, log)
