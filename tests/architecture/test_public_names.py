from __future__ import annotations

from importlib import import_module

import pytest

PUBLIC = {
    "errorcontract": {"__version__"},
    "errorcontract.rules": {"KEPT", "Judge", "Rule", "all_rules", "client_rules", "server_rules"},
    "errorcontract.contract": {
        "Problem",
        "bundled",
        "data_names_of",
        "lint",
        "load",
        "nearest",
        "production_hosts",
        "production_hosts_of",
        "profiles",
        "title_of",
    },
    "errorcontract.fixtures.reference_api": {
        "CONTRACTS",
        "Choice",
        "Fault",
        "ReferenceApi",
        "UnknownNameError",
        "load",
    },
}
PACKAGES = [
    "errorcontract",
    "errorcontract.baseline",
    "errorcontract.audit",
    "errorcontract.cases",
    "errorcontract.cli",
    "errorcontract.contract",
    "errorcontract.drift",
    "errorcontract.exchange",
    "errorcontract.model",
    "errorcontract.plugin",
    "errorcontract.reporting",
    "errorcontract.rules",
    "errorcontract.fixtures.reference_api",
]


@pytest.mark.parametrize(("name", "expected"), PUBLIC.items())
def test_what_a_package_offers_is_decided(name, expected):
    assert set(import_module(name).__all__) == expected


@pytest.mark.parametrize("name", PACKAGES)
def test_every_name_that_is_offered_is_there(name):
    package = import_module(name)
    assert len(set(package.__all__)) == len(package.__all__)
    assert all(hasattr(package, offered) for offered in package.__all__)


@pytest.mark.parametrize("name", PACKAGES)
def test_names_are_offered_in_order(name):
    offered = import_module(name).__all__
    assert (
        offered == sorted(offered)
        or offered == sorted(offered, key=str.swapcase)
        or offered == sorted(offered, key=_by_kind)
    )


def _by_kind(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, as import sorters order them."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name
