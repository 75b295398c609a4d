"""One client against the promises that a contract makes of callers: plays all cases, then judges each."""

from __future__ import annotations

import asyncio
import os
import shlex
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import count

from hypothesis import find, settings
from hypothesis.strategies import from_regex

from errorcontract.audit import GOOD, Command, Heard, Played, Plays, Script, Voice, cases
from errorcontract.audit.private import secrets_of
from errorcontract.audit.reply import PARTIAL, RESET, WHOLE
from errorcontract.contract.sample import sample
from errorcontract.errors import UsageError
from errorcontract.exchange import Journal, Secrets
from errorcontract.model import (
    Basis,
    Case,
    Contract,
    Exchange,
    Finding,
    Outcome,
    Promise,
    Provenance,
    Response,
    Step,
    Trace,
    Usual,
)
from errorcontract.rules import Judge, client_rules
from errorcontract.run.header import header
from errorcontract.run.masking import mask_of
from errorcontract.run.question import Answers, Question
from errorcontract.run.recorder import Recorder
from errorcontract.run.settings import Settings
from errorcontract.run.tally import Tally
from errorcontract.target import Target

PORT = 8099
_BASE = "http://127.0.0.1"
_NOTHING = Promise(
    outcome=Outcome.EITHER, basis=Basis(provenance=Provenance.UNSPECIFIED, source="what a client sends is its own")
)
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
        self._command = replace(command, environment={**_credentials(contract), **command.environment})
        known = {**dict(secrets_of(os.environ)), **settings.secrets.values}
        self._settings = replace(settings, secrets=Secrets(values=known))
        self._target = Target(url=command.text, local=True)
        self.mask = mask_of(contract, self._target, self._settings, foreign=True)
        self._journal = Journal(settings.journal, contract.name, self.mask)
        self._recorder = Recorder(self._journal, contract.name, _BASE, settings.accepted, self._commands)
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
        for text in self._remarks():
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
            self._journal.exchange(exchange, case, _BASE)

    def _refuse_silence(self) -> None:
        """A client that calls nobody keeps every promise, and shows nothing."""
        if any(played.heard for played in self._played.values()):
            return
        ending = next((played.conduct.ending for played in self._played.values() if played.conduct.ending), None)
        said = self.mask.text(ending.output.strip()[-_SHOWN:]) if ending else ""
        raise UsageError(_MUTE.format(ending.told() if ending else "did nothing", said or "nothing"))

    def _commands(self, trace: Trace, _: int | None, __: int) -> str:
        """The commands that show a case by hand: the server of this case, then the client."""
        script = self._scripts[trace.case.id]
        played = self._played.get(script.id)
        only = [f"--only {shlex.quote(place)}" for place in sorted(played.only)] if played and played.only else []
        serve = " ".join(["errorcontract answer", shlex.quote(self._named), script.id, f"--port {PORT}", *only])
        client = self._command.told(f"{_BASE}:{PORT}")
        zone = "TZ=Asia/Tokyo " if script.zone else ""
        return self.mask.text(f"{serve} & sleep 3\n{zone}{client}\nkill $!")

    def _remarks(self) -> Iterator[str]:
        """What a reader must know to trust the verdict, and what nobody can judge from outside."""
        endings = {name: played.conduct.ending for name, played in self._played.items() if played.conduct.ending}
        good = endings.get(GOOD)
        if good and not good.stopped and good.code != 0:
            yield f"the client {good.told()} though every call succeeded; it said: {good.output.strip()[-400:]}"
        silent = [
            name
            for name, ending in endings.items()
            if ending.code == 0 and self._scripts[name].lasting and _failed(self._played[name])
        ]
        if silent:
            yield f"the client ended with exit code 0 though its calls failed for good (not judged): {_listed(silent)}"
        stopped = [f"{name} ({ending.stopped})" for name, ending in endings.items() if ending.stopped]
        if stopped:
            yield f"stopped before the client ended, and judged by what it had done by then: {_listed(stopped)}"
        only = next((played.only for played in self._played.values() if played.only), None)
        if only:
            yield f"the client makes no further call once one is refused: all but {_listed(sorted(only))} succeeded"


def case_of(script: Script) -> Case:
    """A script as a case of the run."""
    return Case(
        id=script.id, family=script.family, operation=None, cause=None, variant=script.title, steps=(), about="client"
    )


def trace_of(played: Played, case: Case, numbers: Iterator[int]) -> Trace:
    """What a client did as a story of exchanges."""
    exchanges = [
        exchange_of(heard, next(numbers), case.id, turn) for turn, heard in enumerate(played.heard, 1)
    ]
    steps = [Step(name=exchange.step, make=lambda _: None, promise=_NOTHING) for exchange in exchanges]
    return Trace(case=case, exchanges=tuple(zip(steps, exchanges, strict=True)), conduct=played.conduct)


def exchange_of(heard: Heard, number: int, case: str, turn: int) -> Exchange:
    """One request of a client with what it was answered."""
    reply = heard.reply
    cut = "the connection was closed in the middle of the body" if reply.how == PARTIAL else None
    body = reply.body[: len(reply.body) // 2] if cut else reply.body
    answered = reply.how in {WHOLE, PARTIAL}
    lost = "the connection was reset" if reply.how == RESET else "the connection was closed without an answer"
    return Exchange(
        number=number,
        case=case,
        step=f"attempt-{turn}",
        request=heard.request,
        response=Response(status=reply.status, headers=reply.headers, body=body, cut=cut) if answered else None,
        failure=cut if answered else lost,
        started=heard.started,
        seconds=heard.answered - heard.arrived,
    )


def voice_of(contract: Contract) -> Voice:
    """The voice of an API, with request ids of the form that the contract promises."""
    promised = contract.request_id
    made = _fitting(promised.pattern if promised and promised.pattern else "^req_[0-9a-f]{12}$")
    return Voice(contract, sample, lambda: made)


@lru_cache(maxsize=64)
def _fitting(pattern: str) -> str:
    """A text that fits a pattern; to find one takes a second."""
    return find(from_regex(pattern, fullmatch=False), lambda _: True, settings=settings(database=None))


def _failed(played: Played) -> bool:
    """Whether the last thing that a client was told is a failure."""
    return bool(played.heard) and not 200 <= played.heard[-1].reply.status < 400  # noqa: PLR2004


def _with(trace: Trace, usual: Usual) -> Trace:
    return replace(trace, conduct=replace(trace.conduct, usual=usual) if trace.conduct else None)


def _credentials(contract: Contract) -> Mapping[str, str]:
    """Test values in the variables of credentials: a client that is audited gets no real one."""
    means = contract.credentials
    if means is None:
        return {}
    value = means.test_value or "errorcontract-audit"
    others = {one.environment: one.test_value or value for one in means.others.values()}
    return {"ERRORCONTRACT_TOKEN": value, **others, means.environment: value}


def _listed(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
