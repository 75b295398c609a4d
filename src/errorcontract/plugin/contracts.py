"""Which contracts a session is about, loaded, and the hosts that it must never send to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from errorcontract.chosen import Changes, dealt, embedded
from errorcontract.contract import bundled, load, production_hosts, production_hosts_of, profiles
from errorcontract.errors import UsageError
from errorcontract.model import Contract
from errorcontract.openapi import fetched
from errorcontract.plugin.given import pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The contracts by name, and the values of --data that each of them takes. `names` are as the user wrote them."""

    names: tuple[str, ...]
    contracts: Mapping[str, Contract]
    overrides: Mapping[str, Mapping[str, str]]
    openapi: Any


def chosen(config: pytest.Config, changes: Changes) -> Chosen:
    """Those that were named; without a name, the bundled ones whose reference APIs know the changes.

    Raises UsageError for what can't be loaded, and for several where there can be only one.
    """
    openapi = fetched(config.getoption("ec_openapi"), production(config))
    data = pairs(config)
    names = _names(config) or embedded(changes)
    loaded = [(load(name, values, openapi), values) for name, values in dealt(names, data).items()]
    return Chosen(
        names=tuple(names),
        contracts={contract.name: contract for contract, _ in loaded},
        overrides={contract.name: values for contract, values in loaded},
        openapi=openapi,
    )


def production(config: pytest.Config) -> set[str]:
    """Production hosts of every bundled contract, and of those in folders that were named."""
    named = (production_hosts_of(name) for name in config.getoption("ec_contract"))
    return set(production_hosts()).union(*named)


def _names(config: pytest.Config) -> list[str]:
    names = config.getoption("ec_contract")
    if config.getoption("ec_target") is not None and len(names) != 1:
        msg = f"--target needs exactly one --contract: {', '.join(bundled())}, or the folder of one of your own"
        raise UsageError(msg)
    if config.getoption("ec_openapi") is not None and len(names) != 1:
        msg = f"--openapi needs exactly one --contract: {', '.join((*bundled(), *profiles()))}, or a folder"
        raise UsageError(msg)
    return list(dict.fromkeys(names))
