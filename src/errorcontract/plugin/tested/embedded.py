"""Without a target: the reference APIs, which are started for the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from errorcontract.chosen import Changes
from errorcontract.embedded import Embedded, check_names
from errorcontract.model import Contract
from errorcontract.plugin import credentials
from errorcontract.plugin.contracts import Chosen
from errorcontract.plugin.given import Given
from errorcontract.plugin.tested.asking import asked, rehearsal
from errorcontract.plugin.tested.kind import Tested
from errorcontract.run import Question, Run, Settings
from errorcontract.target import Target

_ELSE = "; give the URL of a running one with --target"
_LIMITED = (4, 2.0)
"""The rate limit of one that is asked about its limit: a small number, in a short window."""
_ISOLATED = {"burst": ("--rate-limit", "4/2second"), "lock-out": ()}


class EmbeddedApis(Tested):
    """One for each contract, and one more for each question that would spoil it for all others."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._servers: dict[str, list[Embedded]] = {}

    def admit(self, chosen: Chosen) -> None:
        """Raise UsageError for a contract without one, and for a change that none of them knows."""
        changes = self._given.changes
        check_names(chosen.names, changes.fault, changes.choices, _ELSE)
        contracts, seed = chosen.contracts.values(), self._given.seed
        self._kits = [rehearsal(one, seed, local=True, limit=self.limit(one)) for one in contracts]

    def asked(self, family: str) -> list[Question]:
        """A question for each operation with cases."""
        return asked(family, self._kits)

    def credentials(self, contract: Contract) -> Mapping[str, str]:
        """The test values: it knows no others."""
        return credentials.of_contract(contract)

    def limit(self, contract: Contract) -> tuple[int, float] | None:
        """That of the one that is asked about its limit."""
        return _LIMITED if contract.rate_limit else None

    def changes(self, contract: Contract) -> Changes:
        """Those that it knows."""
        return self._given.changes.of(contract.name)

    def place(self, contract: Contract) -> Target:
        """One that was just started."""
        return self._start(contract, ())

    def run(self, contract: Contract, place: Target, settings: Settings) -> Run:
        """A run, with an API of their own for the questions that spoil one."""
        return Run(contract, place, settings, lambda family: self._isolated(contract, family))

    def leave(self, contract: str) -> None:
        """Stop those of the contract."""
        for server in self._servers.pop(contract, []):
            server.stop()

    def _isolated(self, contract: Contract, family: str) -> Target | None:
        return self._start(contract, _ISOLATED[family]) if family in _ISOLATED else None

    def _start(self, contract: Contract, arguments: Sequence[str]) -> Target:
        server = Embedded(contract.name, [*self.changes(contract).arguments, *arguments])
        self._servers.setdefault(contract.name, []).append(server)
        return Target(url=server.url, local=True, embedded=True)
