"""One contract against recorded traffic: judges what others sent, and sends nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from errorcontract.cases import recorded
from errorcontract.confirm import Confirmation
from errorcontract.exchange import Journal, Secrets
from errorcontract.model import Contract, Exchange, Finding, Trace
from errorcontract.rules import Judge, all_rules
from errorcontract.run.header import header
from errorcontract.run.judging import Judging
from errorcontract.run.masking import mask_of
from errorcontract.run.question import Answers, Question
from errorcontract.run.recorder import Recorder
from errorcontract.run.reproduction import Reproduction
from errorcontract.run.settings import Settings
from errorcontract.run.subject import Subject
from errorcontract.run.tally import Tally
from errorcontract.run.withheld import Withheld
from errorcontract.target import Target
from errorcontract.traffic import Located, Recorded

NOBODY = "-"
_SILENT = (
    "a recording does not tell why a request failed, so that nothing is said of the codes of causes, of good requests "
    "that were refused, nor of credentials"
)


class RecordedRun:
    """A run over the part of a recording that a contract is about. `shown` is the base URL in printed commands."""

    def __init__(self, contract: Contract, found: Located, shown: str, settings: Settings) -> None:
        withheld = Withheld(contract.credentials)
        self._exchanges = [_exchange(number, one, withheld) for number, one in enumerate(found.exchanges, 1)]
        self._known = {one.number: told.body_known for one, told in zip(self._exchanges, found.exchanges, strict=True)}
        self._found, self._contract = found, contract
        self._target = Target(url=found.url, local=False)
        hidden = {} if found.ours else withheld.values
        self._settings = replace(settings, secrets=Secrets(values={**settings.secrets.values, **hidden}))
        self.mask = mask = mask_of(contract, self._target, self._settings, foreign=True)
        self._journal = Journal(settings.journal, contract.name, mask)
        self._subject = Subject(contract, self._target, self._settings)
        run = self._subject.names.run
        reproduction = Reproduction(contract, run, self._settings.secrets, mask, lambda _: shown)
        self._recorder = Recorder(self._journal, contract.name, found.url, settings.accepted, reproduction.curl)
        confirmation = Confirmation(self._subject.kit, lambda _: None)
        self._judging = Judging(contract, self._recorder, reproduction, confirmation)
        self._stories = Judge(contract, [rule for rule in all_rules() if rule.story])
        self._judged: set[str] = set()
        self._traces: list[Trace] = []
        self._second_uses: list[Trace] = []

    def start(self, questions: Sequence[Question]) -> None:
        """Write what the run is about, and every exchange with an operation that is asked about."""
        self._journal.write("run", header(self._contract, self._target, self._settings))
        asked = {question.operation for question in questions}
        self._exchanges = [one for one in self._exchanges if (one.request.operation or NOBODY) in asked]
        self._traces = [self._trace(one) for one in self._exchanges]
        self._second_uses = list(recorded.second_uses(self._subject.kit(), self._exchanges))
        for one, trace in zip(self._exchanges, self._traces, strict=True):
            self._journal.exchange(one, trace.case, self._found.url)
            self._settings.notice(one)

    def ask(self, question: Question, node: str) -> Answers:
        """Judge the exchanges with one operation."""
        tally, clock = Tally(), time.perf_counter()
        mine = [trace for trace in self._traces if (trace.case.operation or NOBODY) == question.operation]
        new = self._judging.all(mine, tally, node)
        for trace in self._second_uses:
            if trace.case.operation == question.operation:
                new += self._judge_story(trace, tally, node)
        self._judged |= {rule for rule, counts in tally.rules.items() if counts[0]}
        self._recorder.tally(question, node, tally, time.perf_counter() - clock)
        return Answers(findings=tuple(new), requests=tally.requests, unsent=0)

    def close(self, *, complete: bool, why: str | None = None) -> None:
        """Say what was not judged, and write the end of the run."""
        for text in self._remarks():
            self._recorder.remark(text)
        self._recorder.end(complete=complete, why=why)
        self._journal.close()

    def _trace(self, exchange: Exchange) -> Trace:
        return recorded.single(self._subject.kit(), exchange, body_known=self._known[exchange.number])

    def _judge_story(self, trace: Trace, tally: Tally, node: str) -> list[Finding]:
        """The exchanges of a story have been judged one by one; here only what they show together counts."""
        new = []
        for rule, breach in self._stories.verdicts(self._stories.evidence(trace)):
            tally.judged(rule, breach)
            new += self._judging.note((rule, breach, trace), node) if breach else []
        return new

    def _remarks(self) -> Iterator[str]:
        left_out, alike = self._found.left_out, self._found.alike
        if left_out:
            told = ", ".join(f"{times} {why}" for why, times in sorted(left_out.items()))
            yield f"not judged of the recording: {told}"
        for other, times in sorted(alike.items()):
            yield f"{times} exchanges at {other} look like the same API; to judge those, name it with --target"
        if unread := sum(one.response is not None and one.response.cut is not None for one in self._exchanges):
            yield f"of {unread} answers the body was not recorded: nothing is said of what was in them"
        yield _SILENT
        silent = sorted(rule.id for rule in self._judging.judge.rules if rule.id not in self._judged)
        if silent:
            yield f"rules that had nothing to judge, as most of them need requests made on purpose: {', '.join(silent)}"


def _exchange(number: int, one: Recorded, withheld: Withheld) -> Exchange:
    return Exchange(
        number=number,
        case=f"{recorded.FAMILY}/{one.place}",
        step="test",
        request=withheld.from_request(one.request),
        response=one.response,
        started=one.started,
        seconds=one.seconds,
    )
