"""What `--traffic` asks for: the part of a recording that the contract is about."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from errorcontract.cases.recorded import FAMILY
from errorcontract.errors import UsageError
from errorcontract.model import Contract
from errorcontract.run import Question
from errorcontract.run.recorded import NOBODY
from errorcontract.traffic import Located, located, read

_SENDS = ("fault", "choice", "budget", "rate", "header", "client")
_NOWHERE = "staging.invalid"
_SHOWN = 5


def recording(config: pytest.Config, contracts: Collection[Contract], url: str | None) -> Located | None:
    """The exchanges of `--traffic`, None without it. Raises UsageError where it holds nothing of the contract."""
    name = config.getoption("ec_traffic")
    if name is None:
        return None
    for other in _SENDS:
        if config.getoption(f"ec_{other}", None):
            raise UsageError(f"--traffic sends nothing: it can't be combined with --{other}")
    if len(config.getoption("ec_contract")) != 1:
        raise UsageError("--traffic needs exactly one --contract: a bundled name, or the folder of one of your own")
    [contract] = contracts
    whole = read(Path(config.invocation_params.dir, name))
    found = located(whole, contract, url)
    if found is None:
        hosts = sorted({one.origin for one in whole.exchanges})
        held = f"{len(whole.exchanges)} exchanges with {', '.join(hosts[:_SHOWN])}" if hosts else "no exchange"
        where = f"below {url}" if url else f"at an operation of {contract.name}"
        raise UsageError(f"--traffic {name}: nothing in it is {where}; it holds {held}")
    return found


def judges(family: str) -> bool:
    """Whether a family is about recorded traffic."""
    return family == FAMILY


def asked(found: Located | None, family: str, contracts: Collection[str]) -> list[Question]:
    """A question for each operation that was called, none where there is no recording."""
    if found is None or not judges(family):
        return []
    called = sorted({one.request.operation or NOBODY for one in found.exchanges})
    return [Question(contract, family, operation) for contract in contracts for operation in called]


def shown(url: str, production_hosts: Collection[str]) -> str:
    """The base URL for printed commands: never a production host, though the recording be of one."""
    parts = urlsplit(url)
    if parts.hostname not in production_hosts:
        return url
    return urlunsplit(parts._replace(netloc=_NOWHERE))
