"""The credentials of a session: where they come from, and which of them can be sent."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

import pytest

from errorcontract.errors import UsageError
from errorcontract.exchange import Secrets
from errorcontract.exchange.secrets import extra_header
from errorcontract.model import Contract, Credentials

_MAIN = "ERRORCONTRACT_TOKEN"

Header = tuple[tuple[str, str], dict[str, str]]
"""A header of the user's, and the credentials that it holds by the name of their variable."""


def headers(config: pytest.Config) -> list[Header]:
    """Those of --header. Raises UsageError."""
    try:
        return [extra_header(line, cautious=True) for line in config.getoption("ec_header")]
    except ValueError as problem:
        raise UsageError(str(problem)) from None


def secrets(credentials: Mapping[str, str], extra: Iterable[Header]) -> Secrets:
    """All that must be hidden of them. Raises UsageError for what no header can hold."""
    extra = list(extra)
    values = {name: value for _, known in extra for name, value in known.items()} | dict(credentials)
    _check(values)
    return Secrets(values=values, extra_headers=tuple(header for header, _ in extra))


def of_contract(contract: Contract) -> dict[str, str]:
    """The test values of the contract, which are all that an embedded API knows."""
    return _known(contract, {}, local=True)


def of_environment(contract: Contract, *, local: bool) -> dict[str, str]:
    """What the environment holds; on this machine the contract's test values in the place of what it does not."""
    return _known(contract, os.environ, local=local)


def _known(contract: Contract, environment: Mapping[str, str], *, local: bool) -> dict[str, str]:
    means = contract.credentials
    if means is None:
        return {}
    return {_MAIN: _main(contract.name, means, environment, local=local), **_others(means, environment, local=local)}


def _main(contract: str, means: Credentials, environment: Mapping[str, str], *, local: bool) -> str:
    """The one that proves who the caller is. One that is set and empty is none."""
    given = environment.get(_MAIN, environment.get(means.environment, means.test_value if local else None))
    if not given or not given.strip():
        msg = f"no credentials for {contract}: set the environment variable {means.environment} or {_MAIN}"
        raise UsageError(msg)
    return given


def _others(means: Credentials, environment: Mapping[str, str], *, local: bool) -> dict[str, str]:
    """Those with other rights, as far as they are known: cases that need the rest are left out."""
    known = {
        other.environment: environment.get(other.environment) or (other.test_value if local else None)
        for other in means.others.values()
    }
    return {name: value for name, value in known.items() if value}


def _check(values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if not value.isprintable():  # bytes that are no UTF-8 are read as lone surrogates, which are not printable
            msg = f"{name} can't be sent in a header: it holds a line break, a control character, or bytes not in UTF-8"
            raise UsageError(msg)
