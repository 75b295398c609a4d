"""What one pytest session knows: contracts, targets, selected questions, and the runs in progress."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from errorcontract.baseline import accepted
from errorcontract.cases import Build, Kit, Names, families, generators
from errorcontract.contract import bundled, load, production_hosts, production_hosts_of
from errorcontract.embedded import Embedded, check_names, reference
from errorcontract.errors import UsageError
from errorcontract.exchange import Secrets
from errorcontract.exchange.secrets import extra_header
from errorcontract.model import Contract, Credentials
from errorcontract.openapi import fetched
from errorcontract.plugin import options
from errorcontract.plugin.progress import Progress
from errorcontract.reporting import Report
from errorcontract.run import Question, Run, Settings
from errorcontract.target import Target, check_answers, target

JOURNAL = "journal.ndjson"
_ELSE = "; give the URL of a running one with --target"
_LIMITED = (4, 2.0)
"""The rate limit of an embedded API that is asked about its limit: a small number, in a short window."""
_ISOLATED = {"burst": ("--rate-limit", "4/2second"), "lock-out": ()}


class Harness:
    """Made at start-up; everything that a user may have got wrong is refused here, before anything is sent."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.report_dir = Path(config.invocation_params.dir, config.getoption("ec_report_dir")).resolve()
        self.budget, self.rate = options.budget(config), options.rate(config)
        self.overrides, self.seed = options.pairs(config), options.seed(config)
        self.target = self._target()
        self.openapi = fetched(config.getoption("ec_openapi"), self._hosts())
        self.contracts = {contract.name: contract for contract in self._contracts()}
        self.accepted = accepted(config.getoption("ec_baseline"))
        self._extra = [extra for line in config.getoption("ec_header") if (extra := _header(line))]
        self.secrets = {name: self._secrets(contract) for name, contract in self.contracts.items()}
        self.questions: dict[str, list[Question]] = {}
        self._runs: dict[str, Run] = {}
        self._embedded: list[Embedded] = []
        self.stopped: str | None = None
        self.report: Report | None = None
        self.progress = Progress(config)

    def check_target(self) -> None:
        """Raise TargetError where nothing listens."""
        if self.target:
            check_answers(self.target)

    def asked(self, family: str) -> list[Question]:
        """The questions of a family that the contracts give reason to ask."""
        found: dict[Question, None] = {}
        for contract in self.contracts.values():
            for operation in self._concerned(contract, family):
                found[Question(contract.name, family, operation)] = None
        return list(found)

    def _concerned(self, contract: Contract, family: str) -> Iterator[str]:
        if family in generators():
            concerns = generators()[family].concerns
            return (operation.id for operation in contract.operations.values() if concerns(operation))
        return (case.operation or "-" for case in families()[family](self._rehearsal(contract)))

    def run_for(self, contract: str) -> Run:
        """The run of a contract, started when its first question comes."""
        if contract not in self._runs:
            self._runs[contract] = self._start(self.contracts[contract])
        return self._runs[contract]

    def close(self, *, complete: bool, why: str | None) -> None:
        """End every run and every embedded server."""
        for run in self._runs.values():
            run.close(complete=complete, why=why)
        for embedded in self._embedded:
            embedded.stop()
        self._runs, self._embedded = {}, []

    def _start(self, contract: Contract) -> Run:
        where = self.target or self._embed(contract.name, ())
        run = Run(
            contract, where, self._settings(contract, where), lambda family: self._isolated(contract.name, family)
        )
        self._runs[contract.name] = run
        self.progress.expect(contract.name, where.url, self.budget, self._pace(contract, where))
        run.start(self.questions.get(contract.name, []))
        return run

    def _settings(self, contract: Contract, where: Target) -> Settings:
        return Settings(
            journal=self.report_dir / JOURNAL,
            secrets=self.secrets[contract.name],
            seed=self.seed,
            budget=self.budget,
            rate=self._pace(contract, where),
            limit=self._limit(contract),
            overrides=self.overrides,
            accepted=self.accepted,
            openapi=self.openapi,
            about=self._about(),
            notice=self.progress.tick,
        )

    def _about(self) -> Mapping[str, Any]:
        arguments = self.config.invocation_params.args
        return {
            "fault": self.config.getoption("ec_fault"),
            "choices": self.config.getoption("ec_choice"),
            "fail_on": self.config.getoption("ec_fail_on"),
            "command": " ".join(["pytest", *map(str, arguments)]),
        }

    def _pace(self, contract: Contract, where: Target) -> tuple[int, float] | None:
        if self.rate or where.local or contract.rate_limit is None:
            return self.rate
        return contract.rate_limit.requests, contract.rate_limit.seconds

    def _limit(self, contract: Contract) -> tuple[int, float] | None:
        """The target's rate limit, where a burst over it is allowed: embedded, or with a --rate above it."""
        limit = contract.rate_limit
        if limit is None:
            return None
        if self.target is None:
            return _LIMITED
        allowed = self.rate and self.rate[0] / self.rate[1] > limit.requests / limit.seconds
        return (limit.requests, limit.seconds) if allowed else None

    def _rehearsal(self, contract: Contract) -> Kit:
        names = Names(run="rehearsal", returned={"balance": 1.0})
        local = self.target is None or self.target.local
        return Kit(Build(contract, names), seed=self.seed, local=local, limit=self._limit(contract))

    def _isolated(self, contract: str, family: str) -> Target | None:
        return self._embed(contract, _ISOLATED[family]) if self.target is None and family in _ISOLATED else None

    def _embed(self, contract: str, arguments: Sequence[str]) -> Target:
        fault, names = self.config.getoption("ec_fault"), {one.name for one in reference(contract).faults}
        planted = ["--fault", fault] if fault in names else []
        known = {one.name for one in reference(contract).choices}
        chosen = [word for name in self.config.getoption("ec_choice") if name in known for word in ("--choice", name)]
        self._embedded.append(Embedded(contract, [*planted, *chosen, *arguments]))
        return Target(url=self._embedded[-1].url, local=True, embedded=True)

    def _target(self) -> Target | None:
        url = self.config.getoption("ec_target")
        if url is None:
            return None
        for name in ("fault", "choice"):
            if self.config.getoption(f"ec_{name}"):
                msg = f"--{name} changes the embedded reference API; it can't be combined with --target"
                raise UsageError(msg)
        return target(url, self._hosts())

    def _hosts(self) -> set[str]:
        """Production hosts of every bundled contract, and of those in folders that were named."""
        named = (production_hosts_of(name) for name in self.config.getoption("ec_contract"))
        return set(production_hosts()).union(*named)

    def _contracts(self) -> list[Contract]:
        names = self.config.getoption("ec_contract")
        if self.target and len(names) != 1:
            msg = f"--target needs exactly one --contract: {', '.join(bundled())}, or the folder of one of your own"
            raise UsageError(msg)
        if self.target is None:
            names = names or list(bundled())
            check_names(names, self.config.getoption("ec_fault"), self.config.getoption("ec_choice"), _ELSE)
        return [load(name, self.overrides, self.openapi) for name in names]

    def _secrets(self, contract: Contract) -> Secrets:
        values = {name: value for _, secrets in self._extra for name, value in secrets.items()}
        if contract.credentials:
            values["ERRORCONTRACT_TOKEN"] = self._credential(contract)
            values |= self._others(contract.credentials)
        return Secrets(values=_sendable(values), extra_headers=tuple(header for header, _ in self._extra))

    def _others(self, means: Credentials) -> dict[str, str]:
        """Credentials with other rights, as far as they are known: cases that need the rest are left out."""
        local = self.target is None or self.target.local
        known = {}
        for other in means.others.values():
            given = os.environ.get(other.environment) if self.target else None
            value = given or (other.test_value if local else None)
            if value:
                known[other.environment] = value
        return known

    def _credential(self, contract: Contract) -> str:
        means = contract.credentials
        names = ["ERRORCONTRACT_TOKEN", means.environment] if means else []
        if self.target is None:
            names = []  # the embedded API knows the contract's test value only
        given = next((os.environ[name] for name in names if os.environ.get(name) is not None), None)
        if given is None and means and (self.target is None or self.target.local):
            given = means.test_value
        if not given or not given.strip():
            msg = f"no credentials for {contract.name}: set the environment variable {' or '.join(reversed(names))}"
            raise UsageError(msg)
        return given


def _sendable(values: Mapping[str, str]) -> Mapping[str, str]:
    """The credentials, if each can stand in a header. Raises UsageError, without showing it, where one can't."""
    for name, value in values.items():
        if not value.isprintable():  # bytes that are no UTF-8 are read as lone surrogates, which are not printable
            msg = f"{name} can't be sent in a header: it holds a line break, a control character, or bytes not in UTF-8"
            raise UsageError(msg)
    return values


def _header(line: str) -> Any:
    try:
        return extra_header(line)
    except ValueError as problem:
        raise UsageError(str(problem)) from None
