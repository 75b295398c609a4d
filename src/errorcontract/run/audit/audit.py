"""One client against the promises that a contract makes of callers: plays all cases, then judges each."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count

from errorcontract.audit import Command, Heard, Played, Plays, cases
from errorcontract.audit.private import secrets_of
from errorcontract.errors import UsageError
from errorcontract.exchange import Journal, Secrets
from errorcontract.model import Contract, Finding, Trace, Usual
from errorcontract.rules import Judge, client_rules
from errorcontract.run.audit.by_hand import BASE, by_hand
from errorcontract.run.audit.remarks import remarks
from errorcontract.run.audit.stand_ins import stand_ins
from errorcontract.run.audit.story import case_of, exchange_of, trace_of
from errorcontract.run.audit.voice import voice_of
from errorcontract.run.header import header
from errorcontract.run.masking import mask_of
from errorcontract.run.question import Answers, Question
from errorcontract.run.recorder import Recorder
from errorcontract.run.settings import Settings
from errorcontract.run.tally import Tally
from errorcontract.target import Target

_MUTE = (
    "the client made no call: write {{url}} where it takes the base URL, or let it read ERRORCONTRACT_URL. "
    "It {}, and said:\n{}"
)
_NOT_REACHED = "the client made no call"
_SHOWN = 1500


class Audit:
    """A run over a client. `named` is the contract as the user named it."""

    def __init__(self, contract: Contract, command: Command, named: str, settings: Settings) -> None:
        self.contract, self._named = contract, named
        self._command = replace(command, environment={**stand_ins(contract), **command.environment})
        known = {**dict(secrets_of(os.environ)), **settings.secrets.values}
        self._settings = replace(settings, secrets=Secrets(values=known))
        self._target = Target(url=command.text, local=True)
        self.mask = mask_of(contract, self._target, self._settings, foreign=True)
        self._journal = Journal(settings.journal, contract.name, self.mask)
        self._recorder = Recorder(self._journal, contract.name, BASE, settings.accepted, self._commands)
        self._judge = Judge(contract, client_rules())
        self._scripts = {script.id: script for script in cases(contract)}
        self._numbers = count(1)
        self._played: Mapping[str, Played] = {}
        self._traces: dict[str, Trace] = {}

    def start(self, questions: Sequence[Question]) -> None:
        """Write what the run is about, and play all cases that are asked about, side by side."""
        told = replace(self._target, url=self.mask.text(self._command.text))
        self._journal.write("run", header(self.contract, told, self._settings, client_rules()))
        asked = [self._scripts[question.operation] for question in questions]
        plays = Plays(
            voice=voice_of(self.contract), command=self._command, notice=self._notice, done=self._take_down
        )
        self._played = asyncio.run(plays.all(asked))
        self._refuse_silence()
        usual = plays.usual
        self._traces = {name: _with(trace, usual) for name, trace in self._traces.items()}

    def ask(self, question: Question, node: str) -> Answers:
        """Judge one case."""
        tally, clock, new = Tally(), time.perf_counter(), list[Finding]()
        trace = self._traces[question.operation]
        evidence = self._judge.evidence(trace)
        tally.played(evidence)
        for rule, breach in self._judge.verdicts(evidence):
            tally.judged(rule, breach)
            new += self._recorder.note(rule, breach, trace, node) if breach else []
        unsent = [] if trace.exchanges else [(trace.case, _NOT_REACHED)]
        self._recorder.tally(question, node, tally, time.perf_counter() - clock, unsent)
        return Answers(findings=tuple(new), requests=tally.requests, unsent=len(unsent))

    def close(self, *, complete: bool, why: str | None = None) -> None:
        """Say what was not judged, and write the end of the run."""
        for text in remarks(self._played):
            self._recorder.remark(self.mask.text(text))
        self._recorder.end(complete=complete, why=why)
        self._journal.close()

    def _notice(self, heard: Heard) -> None:
        self._settings.notice(exchange_of(heard, 0, "", 0))

    def _take_down(self, played: Played) -> None:
        """Record a case the moment it is over."""
        case = case_of(played.script)
        trace = trace_of(played, case, self._numbers)
        self._traces[case.id] = trace
        for _, exchange in trace.exchanges:
            self._journal.exchange(exchange, case, BASE)

    def _refuse_silence(self) -> None:
        """A client that calls nobody keeps every promise, and shows nothing."""
        if any(played.heard for played in self._played.values()):
            return
        ending = next((played.conduct.ending for played in self._played.values() if played.conduct.ending), None)
        said = self.mask.text(ending.output.strip()[-_SHOWN:]) if ending else ""
        raise UsageError(_MUTE.format(ending.told() if ending else "did nothing", said or "nothing"))

    def _commands(self, trace: Trace, _: int | None, __: int) -> str:
        name = trace.case.id
        return self.mask.text(by_hand(self._named, self._scripts[name], self._played.get(name), self._command))


def _with(trace: Trace, usual: Usual) -> Trace:
    return replace(trace, conduct=replace(trace.conduct, usual=usual) if trace.conduct else None)
