"""What one pytest session knows: contracts, targets, selected questions, and the runs in progress."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from errorcontract import baseline
from errorcontract.cases import Build, Kit, Names, families, generators
from errorcontract.chosen import Changes, dealt, embedded
from errorcontract.contract import bundled, load, production_hosts, production_hosts_of, profiles
from errorcontract.embedded import Embedded, check_names
from errorcontract.errors import UsageError
from errorcontract.exchange import Mask, Secrets
from errorcontract.exchange.secrets import extra_header
from errorcontract.model import Contract, Credentials
from errorcontract.openapi import fetched
from errorcontract.plugin import audited, options, recorded
from errorcontract.plugin.arguments import shown
from errorcontract.plugin.folder import JOURNAL, Folder
from errorcontract.plugin.progress import Progress
from errorcontract.reporting import Report
from errorcontract.run import Answers, Audit, Question, RecordedRun, Run, Settings
from errorcontract.run.masking import give
from errorcontract.target import Target, check_answers, target

_ELSE = "; give the URL of a running one with --target"
_LIMITED = (4, 2.0)
"""The rate limit of an embedded API that is asked about its limit: a small number, in a short window."""
_ISOLATED = {"burst": ("--rate-limit", "4/2second"), "lock-out": ()}


class Harness:
    """Made at start-up; everything that a user may have got wrong is refused here, before anything is sent."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.report_dir = Path(config.invocation_params.dir, config.getoption("ec_report_dir")).resolve()
        self.folder = Folder(self.report_dir)
        self.budget, self.rate = options.budget(config), options.rate(config)
        self.limits = options.limits(config)
        self.seed = options.seed(config)
        self.changes = Changes(fault=config.getoption("ec_fault"), choices=tuple(config.getoption("ec_choice")))
        self.client = audited.command(config)
        self.target = self._target()
        self.openapi = fetched(config.getoption("ec_openapi"), self._hosts())
        self.overrides: dict[str, dict[str, str]] = {}
        self.contracts: dict[str, Contract] = {}
        self._load(options.pairs(config))
        self.baseline = self._baseline()
        self._extra = [extra for line in config.getoption("ec_header") if (extra := _header(line))]
        self.secrets = {name: self._secrets(contract) for name, contract in self.contracts.items()}
        self._masks = {name: self._mask(contract) for name, contract in self.contracts.items()}
        self._recording = recorded.recording(config, self.contracts.values(), self.target.url if self.target else None)
        self.questions: dict[str, list[Question]] = {}
        self._runs: dict[str, Run | RecordedRun | Audit] = {}
        self._left: dict[str, set[Question]] = {}
        self._embedded: dict[str, list[Embedded]] = {}
        self.stopped: str | None = None
        self.report: Report | None = None
        self.progress = Progress(config)

    def stop(self, why: str) -> None:
        """Remember why the run ends before its time; the first reason counts."""
        self.stopped = self.stopped or why

    def check_target(self) -> None:
        """Raise TargetError where nothing listens."""
        if self.target and not self._recording:
            check_answers(self.target, self.limits.connect_seconds)

    def asked(self, family: str) -> list[Question]:
        """The questions of a family that the contracts give reason to ask."""
        if self.client or audited.judges(family):
            return audited.asked(self.client, family, self.contracts.values()) if audited.judges(family) else []
        if self._recording or recorded.judges(family):
            return recorded.asked(self._recording, family, self.contracts)
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

    def _mask(self, contract: Contract) -> Mask:
        """What is hidden until the run has a mask of its own."""
        mask = Mask(self.secrets[contract.name].values)
        give(mask, contract, {name: contract.data[name] for name in self.overrides[contract.name]})
        return mask

    def masked(self, text: str) -> str:
        """A text without what no run may show."""
        for mask in self._masks.values():
            text = mask.text(text)
        return text

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

    def _start(self, contract: Contract) -> Run | RecordedRun | Audit:
        run, where = self._run_of(contract)
        self._runs[contract.name], self._masks[contract.name] = run, run.mask
        self._left[contract.name] = set(self.questions.get(contract.name, []))
        self.progress.expect(contract.name, where.url, self.budget, self._pace(contract, where))
        run.start(self.questions.get(contract.name, []))
        return run

    def _run_of(self, contract: Contract) -> tuple[Run | RecordedRun | Audit, Target]:
        if self.client:
            where = Target(url="a client", local=True)
            [named] = self.config.getoption("ec_contract")
            return Audit(contract, self.client, named, self._settings(contract, where)), where
        if self._recording:
            where = Target(url=self._recording.url, local=False)
            shown = recorded.shown(where.url, self._hosts())
            return RecordedRun(contract, self._recording, shown, self._settings(contract, where)), where
        where = self.target or self._embed(contract.name, ())
        settings = self._settings(contract, where)
        return Run(contract, where, settings, lambda family: self._isolated(contract.name, family)), where

    def _settings(self, contract: Contract, where: Target) -> Settings:
        return Settings(
            journal=self.report_dir / JOURNAL,
            secrets=self.secrets[contract.name],
            seed=self.seed,
            budget=self.budget,
            rate=self._pace(contract, where),
            limit=self._limit(contract),
            overrides=self.overrides[contract.name],
            accepted={one["id"]: one["reason"] for one in self.baseline if one["state"] != "expired"},
            openapi=self.openapi,
            about=self._about(contract.name),
            notice=self.progress.tick,
            say=self.progress.say,
            limits=self.limits,
        )

    def _about(self, contract: str) -> Mapping[str, Any]:
        arguments = self.config.invocation_params.args
        changes = Changes() if self.target or self.client else self.changes.of(contract)
        return {
            "fault": changes.fault,
            "choices": list(changes.choices),
            "fail_on": self.config.getoption("ec_fail_on"),
            "command": " ".join(["pytest", *shown(list(map(str, arguments)))]),
            "openapi": options.file_of(self.config.getoption("ec_openapi")),
            "baseline": [one for one in self.baseline if one["contract"] in {"", contract}],
            "whole": options.whole(self.config),
        }

    def _baseline(self) -> list[dict[str, Any]]:
        """The entries of the baseline as they are today, in the user's own calendar."""
        named = self.config.getoption("ec_baseline")
        entries = baseline.read(Path(named), "--baseline") if named else ()
        return [entry.line(date.today()) for entry in entries]  # noqa: DTZ011

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
        if self.target is None and self.client is None:
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
        if contract.credentials and self.config.getoption("ec_traffic") is None and self.client is None:
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
        return extra_header(line, cautious=True)
    except ValueError as problem:
        raise UsageError(str(problem)) from None
