"""What one pytest session knows: contracts, targets, selected questions, and the runs in progress."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from errorcontract.baseline import accepted
from errorcontract.cases import Build, Kit, Names, families, generators
from errorcontract.chosen import Changes, dealt, embedded
from errorcontract.contract import bundled, load, production_hosts, production_hosts_of, profiles
from errorcontract.embedded import Embedded, check_names
from errorcontract.errors import UsageError
from errorcontract.exchange import Mask, Secrets
from errorcontract.exchange.secrets import extra_header
from errorcontract.model import Contract, Credentials
from errorcontract.openapi import fetched
from errorcontract.plugin import options
from errorcontract.plugin.progress import Progress
from errorcontract.reporting import Report
from errorcontract.run import Answers, Question, Run, Settings
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
        self.seed = options.seed(config)
        self.changes = Changes(fault=config.getoption("ec_fault"), choices=tuple(config.getoption("ec_choice")))
        self.target = self._target()
        self.openapi = fetched(config.getoption("ec_openapi"), self._hosts())
        self.overrides: dict[str, dict[str, str]] = {}
        self.contracts: dict[str, Contract] = {}
        self._load(options.pairs(config))
        self.accepted = accepted(config.getoption("ec_baseline"))
        self._extra = [extra for line in config.getoption("ec_header") if (extra := _header(line))]
        self.secrets = {name: self._secrets(contract) for name, contract in self.contracts.items()}
        self.questions: dict[str, list[Question]] = {}
        self._runs: dict[str, Run] = {}
        self._left: dict[str, set[Question]] = {}
        self._embedded: dict[str, list[Embedded]] = {}
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

    def masked(self, text: str, contract: str) -> str:
        """A text without the credentials of a contract."""
        return Mask(self.secrets[contract].values.values()).text(text)

    def ask(self, question: Question, node: str) -> Answers:
        """Put a question. The run of a contract starts with its first one, and ends when those of others are put."""
        if question.contract not in self._runs:
            self._end_those_that_are_done()
            self._runs[question.contract] = self._start(self.contracts[question.contract])
        answers = self._runs[question.contract].ask(question, node)
        self._left[question.contract].discard(question)
        return answers

    def _end_those_that_are_done(self) -> None:
        for name in [name for name in self._runs if not self._left[name]]:
            self._runs.pop(name).close(complete=True)
            for server in self._embedded.pop(name, []):
                server.stop()

    def close(self, *, complete: bool, why: str | None) -> None:
        """End every run and every embedded server."""
        for run in self._runs.values():
            run.close(complete=complete, why=why)
        for server in chain.from_iterable(self._embedded.values()):
            server.stop()
        self._runs, self._embedded = {}, {}

    def _start(self, contract: Contract) -> Run:
        where = self.target or self._embed(contract.name, ())
        run = Run(
            contract, where, self._settings(contract, where), lambda family: self._isolated(contract.name, family)
        )
        self._runs[contract.name] = run
        self._left[contract.name] = set(self.questions.get(contract.name, []))
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
            overrides=self.overrides[contract.name],
            accepted=self.accepted,
            openapi=self.openapi,
            about=self._about(contract.name),
            notice=self.progress.tick,
        )

    def _about(self, contract: str) -> Mapping[str, Any]:
        arguments = self.config.invocation_params.args
        changes = Changes() if self.target else self.changes.of(contract)
        return {
            "fault": changes.fault,
            "choices": list(changes.choices),
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
        server = Embedded(contract, [*self.changes.of(contract).arguments, *arguments])
        self._embedded.setdefault(contract, []).append(server)
        return Target(url=server.url, local=True, embedded=True)

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

    def _load(self, data: Mapping[str, str]) -> None:
        names = self._names()
        for name, values in dealt(names, data).items():
            contract = load(name, values, self.openapi)
            self.contracts[contract.name], self.overrides[contract.name] = contract, values
        if self.target is None:
            check_names(names, self.changes.fault, self.changes.choices, _ELSE)

    def _names(self) -> list[str]:
        names = list(dict.fromkeys(self.config.getoption("ec_contract")))
        given = len(self.config.getoption("ec_contract"))
        if self.target and given != 1:
            msg = f"--target needs exactly one --contract: {', '.join(bundled())}, or the folder of one of your own"
            raise UsageError(msg)
        if self.openapi is not None and given != 1:
            msg = f"--openapi needs exactly one --contract: {', '.join((*bundled(), *profiles()))}, or a folder"
            raise UsageError(msg)
        return names or embedded(self.changes)

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
