"""What `--client` asks for: a client program, held against one contract."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from errorcontract.audit import FAMILIES, Command, cases
from errorcontract.errors import UsageError
from errorcontract.model import Contract
from errorcontract.run import Question

_SERVERS = ("target", "fault", "choice", "header", "budget", "rate", "traffic")


def command(config: pytest.Config) -> Command | None:
    """The command of `--client`, None without it. Raises UsageError where it can't be run."""
    text = config.getoption("ec_client")
    if text is None:
        return None
    for other in _SERVERS:
        if config.getoption(f"ec_{other}", None):
            raise UsageError(f"--client runs a program against answers by script: it can't be combined with --{other}")
    if len(config.getoption("ec_contract")) != 1:
        raise UsageError("--client needs exactly one --contract: a bundled name, or the folder of one of your own")
    made = Command(text=text, folder=config.invocation_params.dir)
    made.split()
    return made


def judges(family: str) -> bool:
    """Whether a family is about clients."""
    return family in FAMILIES


def asked(client: Command | None, family: str, contracts: Collection[Contract]) -> list[Question]:
    """A question for each case, none where no client is given."""
    if client is None:
        return []
    return [
        Question(contract.name, family, script.id)
        for contract in contracts
        for script in cases(contract)
        if script.family == family
    ]
