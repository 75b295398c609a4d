"""Before anything is asked: what must be known of the target is learned, and that it takes the credential at all."""

from __future__ import annotations

import time

from errorcontract.cases import Preparation, preparations
from errorcontract.errors import UsageError
from errorcontract.exchange import Mask
from errorcontract.model import Contract, Finding, Trace
from errorcontract.rules.evidence import Evidence
from errorcontract.run.judging import Judging
from errorcontract.run.masking import give
from errorcontract.run.question import Question
from errorcontract.run.recorder import Recorder
from errorcontract.run.reproduction import Reproduction
from errorcontract.run.stages import Stages
from errorcontract.run.subject import Subject
from errorcontract.run.tally import Tally

_NODE = "preparation"
_NO_ACCESS = ("missing-credentials", "wrong-credentials", "locked-out")


class Preparing:
    """Plays the preparations of a contract, and gives what they tell to whoever needs it."""

    def __init__(
        self,
        subject: Subject,
        stages: Stages,
        judging: Judging,
        reproduction: Reproduction,
        recorder: Recorder,
        mask: Mask,
    ) -> None:
        self._subject, self._stages, self._judging = subject, stages, judging
        self._reproduction, self._recorder, self._mask = reproduction, recorder, mask

    def all(self) -> list[Finding]:
        """What was found on the way. Raises UsageError where the target refuses the credential itself."""
        tally, clock, found = Tally(), time.perf_counter(), list[Finding]()
        stage = self._stages.main
        for preparation in preparations(self._subject.kit()):
            if stage.left is not None and stage.left < 1:
                break
            trace = self._stages.play(stage, [preparation.case])[0]
            if stage.ended:
                found += self._judging.all([trace], tally, _NODE)
                break
            found += self._take_up(preparation, trace, tally)
        question = Question(self._subject.contract.name, _NODE, "-")
        self._recorder.tally(question, _NODE, tally, time.perf_counter() - clock)
        return found

    def _take_up(self, preparation: Preparation, trace: Trace, tally: Tally) -> list[Finding]:
        """Judge what was answered, and hand on what it tells."""
        contract = self._subject.contract
        _refuse_without_access(contract, self._stages.main.url, self._judging.judge.evidence(trace))
        learned = preparation.learned(contract, trace)
        self._subject.names.returned.update(preparation.returned(contract, trace))
        self._reproduction.prepared(trace, preparation.operation)
        found = self._judging.all([trace], tally, _NODE)
        if fresh := self._subject.learn(learned):
            give(self._mask, self._subject.contract, fresh)
            self._recorder.remark(f"learned from the target: {', '.join(f'{k} = {v}' for k, v in fresh.items())}")
        return found


def _refuse_without_access(contract: Contract, url: str, evidence: Evidence) -> None:
    """Every judgement would be worthless where the target refuses the credential itself."""
    causes = [contract.causes[name] for name in _NO_ACCESS if name in contract.causes]
    codes = {code for cause in causes for code in cause.codes}
    for reading in evidence.answered:
        if reading.rejected and reading.code in codes and contract.credentials:
            msg = (
                f"{url} refuses the credential ({reading.told()}): set {contract.credentials.environment} or "
                "ERRORCONTRACT_TOKEN to one that is good there, or wait until the target takes this one again"
            )
            raise UsageError(msg)
