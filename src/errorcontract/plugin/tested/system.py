"""`--target`: a running system."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from errorcontract.errors import UsageError
from errorcontract.model import Contract
from errorcontract.plugin import credentials
from errorcontract.plugin.contracts import Chosen, production
from errorcontract.plugin.given import Given
from errorcontract.plugin.tested.asking import asked, rehearsal
from errorcontract.plugin.tested.kind import Tested
from errorcontract.run import Question, Run, Settings
from errorcontract.target import Target, check_answers, target


class System(Tested):
    """Somebody else's system, which has one state: what would spoil it is asked last, or not at all."""

    def __init__(self, config: pytest.Config, given: Given) -> None:
        for name in ("fault", "choice"):
            if config.getoption(f"ec_{name}"):
                msg = f"--{name} changes the embedded reference API; it can't be combined with --target"
                raise UsageError(msg)
        self._given = given
        self._target = target(config.getoption("ec_target"), production(config))

    def admit(self, chosen: Chosen) -> None:
        """Any contract will do."""
        seed, local = self._given.seed, self._target.local
        self._kits = [
            rehearsal(one, seed, local=local, limit=self.limit(one)) for one in chosen.contracts.values()
        ]

    def asked(self, family: str) -> list[Question]:
        """A question for each operation with cases."""
        return asked(family, self._kits)

    def check(self) -> None:
        """Open and close a connection."""
        check_answers(self._target, self._given.limits.connect_seconds)

    def credentials(self, contract: Contract) -> Mapping[str, str]:
        """What the environment holds."""
        return credentials.of_environment(contract, local=self._target.local)

    def limit(self, contract: Contract) -> tuple[int, float] | None:
        """The documented limit, with a --rate above it."""
        limit, rate = contract.rate_limit, self._given.rate
        if limit is None or rate is None or rate[0] / rate[1] <= limit.requests / limit.seconds:
            return None
        return limit.requests, limit.seconds

    def place(self, contract: Contract) -> Target:
        """The same for every contract."""
        del contract
        return self._target

    def run(self, contract: Contract, place: Target, settings: Settings) -> Run:
        """A run; there is no second system to keep this one from being spoiled."""
        return Run(contract, place, settings, lambda _: None)
