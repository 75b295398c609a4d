"""`--traffic`: the part of a recording that the contract is about."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from errorcontract import traffic
from errorcontract.cases.recorded import FAMILY
from errorcontract.errors import UsageError
from errorcontract.model import Contract
from errorcontract.plugin.contracts import Chosen, production
from errorcontract.plugin.given import need_one, refuse_beside
from errorcontract.plugin.tested.kind import Tested
from errorcontract.run import Question, RecordedRun, Settings
from errorcontract.run.recorded import NOBODY
from errorcontract.target import Target, target
from errorcontract.traffic import located, read

_SENDS = ("fault", "choice", "budget", "rate", "header", "client")
_NOWHERE = "staging.invalid"
_SHOWN = 5


class Recording(Tested):
    """Exchanges of somebody else's. Nothing is sent, so that it may be of any host, and needs no credentials."""

    def __init__(self, config: pytest.Config) -> None:
        refuse_beside(config, _SENDS, "--traffic sends nothing")
        need_one(config, "traffic")
        url = config.getoption("ec_target")
        self._url = None if url is None else target(url, ()).url
        self._name, self._folder = config.getoption("ec_traffic"), config.invocation_params.dir
        self._production = production(config)

    def admit(self, chosen: Chosen) -> None:
        """Find the exchanges with the API of the contract. Raises UsageError where there are none."""
        [self._contract] = chosen.contracts.values()
        whole = read(Path(self._folder, self._name))
        found = located(whole, self._contract, self._url)
        if found is None:
            raise UsageError(f"--traffic {self._name}: {self._missed(whole)}")
        self._found = found

    def _missed(self, whole: traffic.Recording) -> str:
        hosts = sorted({one.origin for one in whole.exchanges})
        held = f"{len(whole.exchanges)} exchanges with {', '.join(hosts[:_SHOWN])}" if hosts else "no exchange"
        where = f"below {self._url}" if self._url else f"at an operation of {self._contract.name}"
        return f"nothing in it is {where}; it holds {held}"

    def asked(self, family: str) -> list[Question]:
        """A question for each operation that was called."""
        if family != FAMILY:
            return []
        called = sorted({one.request.operation or NOBODY for one in self._found.exchanges})
        return [Question(self._contract.name, family, operation) for operation in called]

    def place(self, contract: Contract) -> Target:
        """Where the exchanges went."""
        del contract
        return Target(url=self._found.url, local=False)

    def run(self, contract: Contract, place: Target, settings: Settings) -> RecordedRun:
        """A run over what was found."""
        return RecordedRun(contract, self._found, _shown(place.url, self._production), settings)


def _shown(url: str, production_hosts: Collection[str]) -> str:
    """The base URL for printed commands: never a production host, though the recording be of one."""
    parts = urlsplit(url)
    if parts.hostname not in production_hosts:
        return url
    return urlunsplit(parts._replace(netloc=_NOWHERE))
