"""One contract against one target: divides the budget, asks questions, judges, and keeps the record."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from errorcontract.cases import Share, allot, generators
from errorcontract.confirm import Confirmation
from errorcontract.errors import JournalError
from errorcontract.exchange import Journal, Mask, Record, Stage
from errorcontract.findings import Findings
from errorcontract.model import Case, Contract, Finding
from errorcontract.rules.evidence import Evidence
from errorcontract.run.generating import Generating
from errorcontract.run.header import header
from errorcontract.run.judging import Judging
from errorcontract.run.masking import mask_of
from errorcontract.run.preparing import Preparing
from errorcontract.run.question import Answers, Question
from errorcontract.run.recorder import Recorder
from errorcontract.run.remarks import remarks
from errorcontract.run.reproduction import Reproduction
from errorcontract.run.settings import Settings
from errorcontract.run.stages import Stages, paid, volleys
from errorcontract.run.subject import Subject
from errorcontract.run.tally import Tally, unplayed
from errorcontract.target import Target

_ONE_IN = 30  # requests of a budget that is held back
_LEFT_OUT = "the budget of {} requests went to cases that tell more"
_GIVEN_UP = "the run was given up before"
_NOT_READY = "an earlier answer lacked what this case needs"


class Run:
    """A run in progress. `isolate` gives another target for questions that would spoil the first for all others."""

    def __init__(
        self, contract: Contract, target: Target, settings: Settings, isolate: Callable[[str], Target | None]
    ) -> None:
        self.target, self.settings = target, settings
        self.subject = Subject(contract, target, settings)
        self.mask = mask_of(contract, target, settings)
        self.journal = Journal(settings.journal, contract.name, self.mask)
        record = Record(self.journal, settings.notice, settings.say)
        self._stages = Stages(target, settings, Mask(settings.secrets.values), record, isolate)
        self.stage = self._stages.main
        self._reproduction = Reproduction(
            contract, self.subject.names.run, settings.secrets, self.mask, lambda family: self._stages.of(family).url
        )
        self.recorder = Recorder(
            self.journal, contract.name, target.url, settings.accepted, self._reproduction.curl
        )
        self._confirmation = Confirmation(self.subject.kit, self._play_again)
        self._judging = Judging(contract, self.recorder, self._reproduction, self._confirmation)
        self._generating = Generating(self.subject, self._stages, self._judging, settings.seed)
        self._preparing = Preparing(
            self.subject, self._stages, self._judging, self._reproduction, self.recorder, self.mask
        )
        self._shares: dict[Question, Share] = {}
        self._early: list[Finding] = []

    @property
    def contract(self) -> Contract:
        """The contract, with what was learned of the target."""
        return self.subject.contract

    @property
    def findings(self) -> Findings:
        """What was found so far."""
        return self.recorder.findings

    def start(self, questions: Sequence[Question]) -> None:
        """Learn what must be known of the target, then divide the budget among the questions."""
        self.journal.write("run", header(self.contract, self.target, self.settings))
        self._early = self._preparing.all()
        self._check(self.stage)
        self._judging.judge.contract = self.contract
        sources = generators()
        asked = {question: self.subject.cases(question) for question in questions if question.family not in sources}
        generating = {
            question: sources[question.family].requests for question in questions if question.family in sources
        }
        self._shares = allot(asked, generating, self._to_allot())
        gc.freeze()  # all that is there by now stays: to look through it again and again is a tenth of a run
        for question, share in self._shares.items():
            self._stages.begin(self._stages.of(question.family), share.cases)

    def _to_allot(self) -> int | None:
        """The budget without a few requests for stories about money that may have to be played again."""
        left = self.stage.left
        return left - left // _ONE_IN if left and self.contract.ledger else left

    def ask(self, question: Question, node: str) -> Answers:
        """Put a question: play its cases, judge them, record all of it."""
        share = self._shares[question]
        tally, new, clock = Tally(), self._early, time.perf_counter()
        self._early = []  # what the preparation showed is told with the first question
        stage = self._stages.of(question.family)
        missing: list[tuple[Case, str | None]] = []
        for volley in volleys(share.cases):
            played = list(paid(volley, stage))
            share = replace(share, unsent=(*share.unsent, *(case for case in volley if case not in played)))
            traces = self._stages.play(stage, played) if played else []
            missing += unplayed(played, traces)
            new += self._judging.all(traces, tally, node)
        generated = share.generated if stage.left is None else min(share.generated, stage.left)
        if generated and not stage.ended:
            new += self._generating.ask(question, generated, tally, node)
        why = _GIVEN_UP if stage.ended else _LEFT_OUT.format(self.settings.budget)
        unsent = [(case, why) for case in share.unsent]
        unsent += [(case, why or (_GIVEN_UP if stage.ended else _NOT_READY)) for case, why in missing]
        self.recorder.tally(question, node, tally, time.perf_counter() - clock, unsent)
        self._check(stage)
        new = [self.recorder.findings.all[one.id] for one in new]  # with all that showed them
        return Answers(findings=tuple(new), requests=tally.requests, unsent=len(unsent))

    def _check(self, stage: Stage) -> None:
        """Raise why the run can't go on, if so, with the findings that are nowhere on disk."""
        if self.recorder.unwritten:
            lost = "; ".join(f"{one.severity} {one.rule}: {one.told}" for one in self.recorder.unwritten)
            msg = f"{stage.ended or 'the journal can not be written'}. Found, and not on disk: {lost}"
            raise JournalError(msg)
        stage.check()

    def close(self, *, complete: bool, why: str | None = None) -> None:
        """Write the end of the run and give everything back."""
        self._tell()
        self.recorder.end(complete=complete, why=why)
        self._stages.close()
        self.journal.close()
        gc.unfreeze()

    def _tell(self) -> None:
        if lead := self._judging.lead():
            self.recorder.remark(lead, leads=True)
        unasked = remarks(self.contract, self.subject.unknown, self.mask, self.stage)
        for text in (*self._judging.remarks(), *unasked):
            self.recorder.remark(text)

    def _play_again(self, case: Case) -> Evidence | None:
        """The answers to a case that is played once more, None where the budget can't pay for it."""
        stage = self._stages.of(case.family)
        if stage.ended or (stage.left is not None and stage.left < case.cost):
            return None
        return self._judging.judge.evidence(self._stages.play(stage, [case])[0])
