"""`--client`: a client program, held against one contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from errorcontract.audit import FAMILIES, Command, cases
from errorcontract.model import Contract
from errorcontract.plugin.contracts import Chosen
from errorcontract.plugin.given import need_one, refuse_beside
from errorcontract.plugin.tested.kind import Tested
from errorcontract.run import Audit, Question, Settings
from errorcontract.target import Target

_SERVERS = ("target", "fault", "choice", "header", "budget", "rate", "traffic")
_WHY = "--client runs a program against answers by script"


class Client(Tested):
    """A program that is answered by script. It is given no credential of the user's."""

    def __init__(self, config: pytest.Config) -> None:
        refuse_beside(config, _SERVERS, _WHY)
        need_one(config, "client")
        self._command = Command(text=config.getoption("ec_client"), folder=config.invocation_params.dir)
        self._command.split()

    def admit(self, chosen: Chosen) -> None:
        """Any contract will do."""
        [self._contract], [self._named] = chosen.contracts.values(), chosen.names

    def asked(self, family: str) -> list[Question]:
        """A question for each case."""
        return list(self._asked(family)) if family in FAMILIES else []

    def _asked(self, family: str) -> Iterator[Question]:
        for script in cases(self._contract):
            if script.family == family:
                yield Question(self._contract.name, family, script.id)

    def place(self, contract: Contract) -> Target:
        """Nowhere: it is the client that calls."""
        del contract
        return Target(url="a client", local=True)

    def run(self, contract: Contract, place: Target, settings: Settings) -> Audit:
        """An audit."""
        del place
        return Audit(contract, self._command, self._named, settings)
