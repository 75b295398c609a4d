"""One contract against one target: prepares, divides the budget, asks questions, judges, and keeps the record."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from hypothesis.strategies import SearchStrategy

from errorcontract.cases import Build, Kit, Names, Share, allot, families, generators, preparations
from errorcontract.confirm import Confirmation
from errorcontract.contract import load
from errorcontract.curl import Place, Setup, commands
from errorcontract.errors import UsageError
from errorcontract.exchange import (
    EVIDENCE_BYTES,
    KEPT_BYTES,
    TOO_MANY,
    Client,
    Journal,
    Limits,
    Mask,
    Pace,
    Record,
    Secrets,
    Stage,
)
from errorcontract.findings import Findings, severity, variant_of
from errorcontract.header import header
from errorcontract.likeness import Likeness
from errorcontract.model import Breach, Case, Contract, Exchange, Finding, Outcome, Trace
from errorcontract.rules import Judge, Rule, all_rules
from errorcontract.rules.evidence import Evidence
from errorcontract.search import Search
from errorcontract.tally import Tally, unplayed
from errorcontract.target import Target, has_aliases

_TOGETHER = 32  # cases in a volley of Hypothesis
_ONE_IN = 30  # requests of a budget that is held back
_VOLLEY = 64  # cases under way together; what they answered is judged before the next go
_MOST_AT_ONCE = 120  # requests that a printed command sends to be told of too many
_LEFT_OUT = "the budget of {} requests went to cases that tell more"
_NOT_READY = "an earlier answer lacked what this case needs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may decide about a run, and what the run is given by its surroundings."""

    journal: Path
    secrets: Secrets
    seed: int = 0
    budget: int | None = None
    rate: tuple[int, float] | None = None
    limit: tuple[int, float] | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    about: Mapping[str, Any] = field(default_factory=dict)
    openapi: Any = None
    notice: Callable[[Exchange], None] = lambda _: None


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """A family of cases, put to one operation ("-": to none)."""

    contract: str
    family: str
    operation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What came of a question: the findings that it was the first to show."""

    findings: tuple[Finding, ...]
    requests: int
    unsent: int


class Run:
    """A run in progress. `isolate` gives another target for questions that would spoil the first for all others."""

    def __init__(
        self, contract: Contract, target: Target, settings: Settings, isolate: Callable[[str], Target | None]
    ) -> None:
        self.contract, self.target, self.settings = contract, target, settings
        self._isolate = isolate
        self._runner = asyncio.Runner(loop_factory=_fast_loop())
        self._names = Names(run=f"ec-{_base36(time.time_ns())}")
        self.mask = Mask(settings.secrets.values.values())
        self.journal = Journal(settings.journal, contract.name, self.mask)
        self._record_of_all = Record(self.journal, settings.notice)
        self._clients: list[Client] = []
        self.stage = self._stage(target, settings.budget)
        self._stages: dict[str, Stage] = {}
        self.findings = Findings(contract.name, settings.accepted, self._curl)
        self._shares: dict[Question, Share] = {}
        self._started = time.time()
        self._good: Counter[str] = Counter()
        self._early: list[Finding] = []
        self._setups: list[Setup] = []
        self._likeness = Likeness(contract.title)
        self._confirmation = Confirmation(self._kit, self._play_again)

    def start(self, questions: Sequence[Question]) -> None:
        """Learn what must be known of the target, then divide the budget among the questions."""
        self.journal.write("run", header(self.contract, self.target, self.settings))
        self._judge = Judge(self.contract, all_rules())
        self._prepare()
        self._judge.contract = self.contract
        sources = generators()
        asked = {question: self._cases(question) for question in questions if question.family not in sources}
        generating = {
            question: sources[question.family].requests for question in questions if question.family in sources
        }
        self._shares = allot(asked, generating, self._to_allot())

    def _to_allot(self) -> int | None:
        """The budget without a few requests for stories about money that may have to be played again."""
        left = self.stage.left
        return left - left // _ONE_IN if left and self.contract.ledger else left

    def ask(self, question: Question, node: str) -> Answers:
        """Put a question: play its cases, judge them, record all of it."""
        share = self._shares[question]
        tally, new, clock = Tally(), self._early, time.perf_counter()
        self._early = []  # what the preparation showed is told with the first question
        stage = self._stage_for(question.family)
        missing: list[Case] = []
        for volley in _volleys(share.cases):
            paid = list(_paid(volley, stage.left))
            share = replace(share, unsent=(*share.unsent, *(case for case in volley if case not in paid)))
            traces = self._play(stage, paid)
            missing += unplayed(paid, traces)
            new += self._judge_all(traces, tally, node)
        generated = share.generated if stage.left is None else min(share.generated, stage.left)
        if generated:
            new += self._generated(question, generated, tally, node)
        self._record(question, node, tally, share, missing, time.perf_counter() - clock)
        new = [self.findings.all[one.id] for one in new]  # with all that showed them
        return Answers(findings=tuple(new), requests=tally.requests, unsent=len(share.unsent) + len(missing))

    def close(self, *, complete: bool, why: str | None = None) -> None:
        """Write the end of the run and give everything back."""
        if lead := self._likeness.lead():
            self.journal.write("note", {"text": lead, "leads": True})
        for text in self._remarks():
            self.journal.write("note", {"text": text})
        self.journal.write(
            "end",
            {"finished": _now(), "seconds": round(time.time() - self._started, 3), "complete": complete, "why": why},
        )
        for client in self._clients:
            self._runner.run(client.close())
        self._runner.close()
        self.journal.close()

    def _remarks(self) -> Iterator[str]:
        """What a reader must know to trust the verdict."""
        good, done = self._good.total(), self._good["accepted"]
        if good and done * 2 < good:
            yield f"few good requests were accepted: {done} of {good}; check the credentials and the known data, --data"
        for name in sorted(self._unknown):
            means = self.contract.credentials
            environment = means.others[name].environment if means else ""
            yield f"cases that need the credential {name!r} are unsent: set {environment} to have them asked"
        yield from self._confirmation.notes
        if self.stage.held:
            yield f"{self.stage.held} answers were 429, too many requests: cases are unjudged; a lower --rate helps"

    def _count_good(self, evidence: Evidence) -> None:
        self._likeness.look(evidence)
        for reading in evidence.readings:
            if reading.step.promise.outcome is Outcome.ACCEPTED:
                self._good["accepted" if reading.accepted else "other"] += 1

    def _prepare(self) -> None:
        tally, clock, node = Tally(), time.perf_counter(), "preparation"
        for preparation in preparations(self._kit()):
            if self.stage.left is not None and self.stage.left < 1:
                break
            trace = self._play(self.stage, [preparation.case])[0]
            self._refuse_without_access(trace)
            learned = preparation.learned(self.contract, trace)
            self._names.returned.update(preparation.returned(self.contract, trace))
            returns = tuple(self.contract.operations[preparation.operation].returns.values())
            self._setups += [Setup(exchange=exchange, returns=returns) for _, exchange in trace.exchanges]
            self._early += self._judge_all([trace], tally, node)
            self._learn(learned)
        self._record(
            Question(self.contract.name, "preparation", "-"), node, tally, Share(), [], time.perf_counter() - clock
        )

    def _learn(self, learned: Mapping[str, Any]) -> None:
        overridden = self.settings.overrides
        fresh = {
            name: value
            for name, value in learned.items()
            if name not in overridden and self.contract.data.get(name) != value
        }
        if fresh:
            self.contract = load(self.contract.folder, {**overridden, **fresh}, self.settings.openapi)
            self.journal.write(
                "note", {"text": f"learned from the target: {', '.join(f'{k} = {v}' for k, v in fresh.items())}"}
            )

    def _refuse_without_access(self, trace: Trace) -> None:
        """Every judgement would be worthless where the target refuses the credential itself."""
        evidence = self._judge.evidence(trace)
        causes = [self.contract.causes.get(name) for name in ("missing-credentials", "wrong-credentials", "locked-out")]
        codes = {code for cause in causes if cause for code in cause.codes}
        for reading in evidence.answered:
            if reading.rejected and reading.code in codes and self.contract.credentials:
                environment = self.contract.credentials.environment
                msg = (
                    f"{self.target.url} refuses the credential ({reading.told()}): set {environment} or "
                    "ERRORCONTRACT_TOKEN to one that is good there, or wait until the target takes this one again"
                )
                raise UsageError(msg)

    def _cases(self, question: Question) -> list[Case]:
        made = self._made(question.family)
        return [case for case in made if (case.operation or "-") == question.operation]

    def _made(self, family: str) -> list[Case]:
        if family not in self._families:
            self._families[family] = list(families()[family](self._kit()))
        return self._families[family]

    @cached_property
    def _families(self) -> dict[str, list[Case]]:
        return {}

    def _kit(self) -> Kit:
        build = Build(self.contract, self._names, self._unknown)
        token = self.settings.secrets.values.get("ERRORCONTRACT_TOKEN", "")
        return Kit(
            build,
            seed=self.settings.seed,
            local=self.target.local,
            cased=token.upper() != token,
            aliases=has_aliases(self.target),
            limit=self.settings.limit,
            url=self.target.url,
        )

    @cached_property
    def _unknown(self) -> frozenset[str]:
        """Credentials with other rights that nobody gave."""
        others = self.contract.credentials.others if self.contract.credentials else {}
        return frozenset(name for name, one in others.items() if one.environment not in self.settings.secrets.values)

    def _play(self, stage: Stage, cases: Sequence[Case]) -> list[Trace]:
        return self._runner.run(stage.play_all(cases))

    def _judge_all(self, traces: Iterable[Trace], tally: Tally, node: str) -> list[Finding]:
        new = []
        for trace in traces:
            evidence = self._judge.evidence(trace)
            tally.played(evidence)
            self._count_good(evidence)
            for rule, breach in self._judge.verdicts(evidence):
                if breach and not self._confirmation.stands(self._judge, rule, breach, evidence):
                    continue
                tally.judged(rule, breach)
                new += self._note(rule, breach, trace, node) if breach else []
        return new

    def _play_again(self, case: Case) -> Evidence | None:
        """The answers to a case that is played once more, None where the budget can't pay for it."""
        stage = self._stage_for(case.family)
        if stage.left is not None and stage.left < case.cost:
            return None
        return self._judge.evidence(self._play(stage, [case])[0])

    def _note(self, rule: Rule, breach: Breach, trace: Trace, node: str) -> list[Finding]:
        """Record a breach: the finding if it is the first of its kind."""
        sends = max(rule.sends, self._over_the_limit(breach, trace))
        found = self.findings.add(rule.id, breach, trace, node, story=rule.story, sends=sends)
        if found and found[1]:
            self._write_finding(found[1])
            return [found[1]]
        if found:
            self._write_again(found[0], breach, trace)
        return []

    def _over_the_limit(self, breach: Breach, trace: Trace) -> int:
        """How many requests it takes to be told of too many; 1 where that is not what was told."""
        response, limit = breach.exchange.response, self.contract.rate_limit
        told = response is not None and response.status == TOO_MANY and trace.case.about != "burst"
        return min(limit.requests, _MOST_AT_ONCE) + 1 if told and limit else 1

    def _write_again(self, identity: str, breach: Breach, trace: Trace) -> None:
        exchange = breach.exchange
        about = {"number": exchange.number, "operation": exchange.request.operation}
        self.journal.write("again", {"id": identity, **about, "variant": variant_of(breach, trace)})

    def _generated(self, question: Question, requests: int, tally: Tally, node: str) -> list[Finding]:
        source = generators()[question.family]
        if source.volleys:
            return self._search(question, source.volleys(self._kit(), question.operation), requests, tally, node)
        cases = source.stream(self._kit(), question.operation) if source.stream else iter(())
        new: list[Finding] = []
        for volley in _volleys(islice(cases, requests)):
            for trace in self._play(self._stage_for(question.family), volley):
                for _, found in self._judge_one(trace, tally):
                    new += self._note(*found, node)
        return new

    def _search(
        self, question: Question, volleys: SearchStrategy[list[Case]], requests: int, tally: Tally, node: str
    ) -> list[Finding]:
        """Generated cases: what they show is kept when it is as simple as it gets, or when the search ends."""
        seen: dict[str, tuple[Rule, Breach, Trace]] = {}
        new: list[Finding] = []

        def show(cases: Sequence[Case]) -> list[tuple[str, int]]:
            shown = []
            for place, trace in enumerate(self._play(self._stage_for(question.family), cases)):
                for name, found in self._judge_one(trace, tally):
                    seen[name] = found
                    shown.append((name, place))
            return shown

        def keep(name: str) -> None:
            rule, breach, trace = seen.pop(name)
            new.extend(self._note(rule, breach, trace, node))

        try:
            Search(show=show, requests=requests, volley=_TOGETHER, seed=self.settings.seed).run(volleys, keep)
        finally:
            for name in sorted(seen):
                keep(name)
        return new

    def _judge_one(self, trace: Trace, tally: Tally) -> Iterable[tuple[str, tuple[Rule, Breach, Trace]]]:
        """The breaches of a generated case that no finding stands for yet, by the id they would have."""
        evidence = self._judge.evidence(trace)
        tally.played(evidence)
        for rule, breach in self._judge.verdicts(evidence):
            tally.judged(rule, breach)
            known = breach and self.findings.standing_for(rule.id, breach, trace)
            if breach and known:
                self._write_again(known, breach, trace)
            elif breach and severity(breach):
                yield self.findings.identity(rule.id, breach, trace), (rule, breach, trace)

    def _write_finding(self, finding: Finding) -> None:
        kept = {finding.evidence: EVIDENCE_BYTES}
        story = [
            self.journal.describe(exchange, self.target.url, kept.get(exchange.number, KEPT_BYTES))
            for exchange in finding.exchanges
        ]
        self.journal.write("finding", _plain(finding) | {"story": story})

    def _record(
        self, question: Question, node: str, tally: Tally, share: Share, missing: Sequence[Case], seconds: float
    ) -> None:
        why = _LEFT_OUT.format(self.settings.budget)
        line = tally.line(share.unsent, why)
        line["unsent"] += tally.line(missing, _NOT_READY)["unsent"]
        about = {
            "question": node,
            "family": question.family,
            "operation": question.operation,
            "seconds": round(seconds, 6),
        }
        self.journal.write("tally", about | line)

    def _stage_for(self, family: str) -> Stage:
        if family not in self._stages:
            other = self._isolate(family)
            self._stages[family] = self._stage(other, None) if other else self.stage
        return self._stages[family]

    def _stage(self, target: Target, budget: int | None) -> Stage:
        client = Client(target.url, self.settings.secrets, self.mask, self.settings.limits)
        self._clients.append(client)
        return Stage(client, Pace(self.settings.rate), self._record_of_all, target.url, budget)

    def _curl(self, trace: Trace, only: int | None, sends: int) -> str:
        secrets, promised = self.settings.secrets, self.contract.request_id
        pointers = self.contract.pointers.request_id if promised else ()
        place = Place(
            url=self._stage_for(trace.case.family).url,
            run=self._names.run,
            secrets=tuple(secrets.values),
            extra=secrets.extra_headers,
            setups=tuple(self._setups),
            ids=tuple(pointer.rpartition("/")[2] for pointer in pointers)
            + ((promised.header,) if promised and promised.header else ()),
        )
        return self.mask.text(commands(trace, place, only, sends))


def _paid(cases: Sequence[Case], left: int | None) -> Iterator[Case]:
    """The cases that what is left of the budget pays for; stories that were played twice have taken from it."""
    for case in cases:
        if left is None or case.cost <= left:
            yield case
            left = None if left is None else left - case.cost


def _volleys(cases: Iterable[Case]) -> Iterable[Sequence[Case]]:
    left = iter(cases)
    return iter(lambda: list(islice(left, _VOLLEY)), [])


def _plain(finding: Finding) -> dict[str, Any]:
    names = (
        "id",
        "rule",
        "severity",
        "operation",
        "cause",
        "code",
        "status",
        "summary",
        "expected",
        "observed",
        "curl",
        "question",
        "accepted",
        "evidence",
        "field",
        "variants",
    )
    basis = {"kind": finding.basis.provenance, "source": finding.basis.source}
    return {name: getattr(finding, name) for name in names} | {
        "provenance": basis,
        "exchanges": [exchange.number for exchange in finding.exchanges],
    }


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - a faster loop where there is one
    except ImportError:
        return None
    return uvloop.new_event_loop


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (_base36(number // 36) if number >= 36 else "") + digits[number % 36]  # noqa: PLR2004


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
