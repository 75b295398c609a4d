"""What one pytest session knows: what is tested, by which contracts, selected questions, and the runs in progress."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from errorcontract.exchange import Mask
from errorcontract.model import Contract
from errorcontract.plugin import credentials
from errorcontract.plugin.contracts import chosen
from errorcontract.plugin.folder import Folder
from errorcontract.plugin.given import given
from errorcontract.plugin.progress import Progress
from errorcontract.plugin.settings import baseline_of, settings
from errorcontract.plugin.tested import Running, tested
from errorcontract.reporting import Report
from errorcontract.run import Answers, Question
from errorcontract.run.masking import give


class Harness:
    """Made at start-up; everything that a user may have got wrong is refused here, before anything is sent."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.report_dir = Path(config.invocation_params.dir, config.getoption("ec_report_dir")).resolve()
        self.folder = Folder(self.report_dir)
        self.given = given(config)
        self.tested = tested(config, self.given)
        self.chosen = chosen(config, self.given.changes)
        self.tested.admit(self.chosen)
        self.baseline = baseline_of(config)
        extra = credentials.headers(config)
        self.secrets = {
            name: credentials.secrets(self.tested.credentials(contract), extra)
            for name, contract in self.contracts.items()
        }
        self._masks = {name: self._mask(contract) for name, contract in self.contracts.items()}
        self.questions: dict[str, list[Question]] = {}
        self._runs: dict[str, Running] = {}
        self._left: dict[str, set[Question]] = {}
        self.stopped: str | None = None
        self.report: Report | None = None
        self.progress = Progress(config)

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """The contracts by name."""
        return self.chosen.contracts

    def stop(self, why: str) -> None:
        """Remember why the run ends before its time; the first reason counts."""
        self.stopped = self.stopped or why

    def masked(self, text: str) -> str:
        """A text without what no run may show."""
        for mask in self._masks.values():
            text = mask.text(text)
        return text

    def ask(self, question: Question, node: str) -> Answers:
        """Put a question. The run of a contract starts with its first one, and ends when those of others are put."""
        if question.contract not in self._runs:
            self._end_those_that_are_done()
            self._start(self.contracts[question.contract])
        answers = self._runs[question.contract].ask(question, node)
        self._left[question.contract].discard(question)
        return answers

    def close(self, *, complete: bool, why: str | None) -> None:
        """End every run and what was started for it."""
        for run in self._runs.values():
            run.close(complete=complete, why=why)
        for name in self.contracts:
            self.tested.leave(name)
        self._runs = {}

    def _end_those_that_are_done(self) -> None:
        for name in [name for name in self._runs if not self._left[name]]:
            self._runs.pop(name).close(complete=True)
            self.tested.leave(name)

    def _start(self, contract: Contract) -> None:
        name, place = contract.name, self.tested.place(contract)
        given, questions = settings(self, contract, place), self.questions.get(contract.name, [])
        run = self.tested.run(contract, place, given)
        self._runs[name], self._masks[name], self._left[name] = run, run.mask, set(questions)
        self.progress.expect(name, place.url, given.budget, given.rate)
        run.start(questions)

    def _mask(self, contract: Contract) -> Mask:
        """What is hidden until the run has a mask of its own."""
        mask = Mask(self.secrets[contract.name].values)
        give(mask, contract, {name: contract.data[name] for name in self.chosen.overrides[contract.name]})
        return mask
