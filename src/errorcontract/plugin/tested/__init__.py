"""What a session holds to its contracts. Each kind is a module; the rest of the plugin does not tell them apart."""

import pytest

from errorcontract.plugin.given import Given
from errorcontract.plugin.tested.client import Client
from errorcontract.plugin.tested.embedded import EmbeddedApis
from errorcontract.plugin.tested.kind import Running, Tested
from errorcontract.plugin.tested.recording import Recording
from errorcontract.plugin.tested.system import System

__all__ = ["Running", "Tested", "tested"]


def tested(config: pytest.Config, given: Given) -> Tested:
    """What the options ask for. Raises UsageError where they can't go together, TargetError for a production host."""
    if config.getoption("ec_client") is not None:
        return Client(config)
    if config.getoption("ec_traffic") is not None:
        return Recording(config)
    return System(config, given) if config.getoption("ec_target") is not None else EmbeddedApis(given)
