"""Has rules judge what was answered, and counts and records what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from errorcontract.confirm import Confirmation
from errorcontract.findings import severity
from errorcontract.model import Breach, Contract, Finding, Outcome, Trace
from errorcontract.rules import Judge, Rule, server_rules
from errorcontract.rules.evidence import Evidence
from errorcontract.run.likeness import Likeness
from errorcontract.run.recorder import Recorder
from errorcontract.run.reproduction import Reproduction
from errorcontract.run.tally import Tally

_MODEL = "ledger-agrees"

Shown = tuple[Rule, Breach, Trace]
"""A breach with the story that shows it."""


class Judging:
    """Judges for one run."""

    def __init__(
        self, contract: Contract, recorder: Recorder, reproduction: Reproduction, confirmation: Confirmation
    ) -> None:
        self.judge = Judge(contract, server_rules())
        self._recorder, self._reproduction, self._confirmation = recorder, reproduction, confirmation
        self._good: Counter[str] = Counter()
        self._likeness = Likeness(contract.title)

    def all(self, traces: Iterable[Trace], tally: Tally, node: str) -> list[Finding]:
        """Judge stories; the findings that are new."""
        new = []
        for trace in traces:
            evidence = self.judge.evidence(trace)
            tally.played(evidence)
            self._count_good(evidence)
            for rule, breach in self.judge.verdicts(evidence):
                told = breach and self._recorder.findings.told(breach)
                if breach and told:
                    self._recorder.again(told, breach, trace)
                if told or (breach and not self._confirmation.stands(self.judge, rule, breach, evidence)):
                    continue
                tally.judged(rule, breach)
                new += self.note((rule, breach, trace), node) if breach else []
        return new

    def generated(self, trace: Trace, tally: Tally) -> Iterable[tuple[str, Shown]]:
        """The breaches of a generated case that no finding stands for yet, by the id they would have."""
        findings = self._recorder.findings
        evidence = self.judge.evidence(trace)
        tally.played(evidence)
        for rule, breach in self.judge.verdicts(evidence):
            tally.judged(rule, breach)
            known = breach and findings.standing_for(rule.id, breach, trace)
            if breach and known:
                self._recorder.again(known, breach, trace)
            elif breach and severity(breach):
                yield findings.identity(rule.id, breach, trace), (rule, breach, trace)

    def by_the_model(self, trace: Trace) -> Iterator[tuple[str, Shown]]:
        """What the model of a sequence can't explain and no finding stands for yet, by the id it would have."""
        findings, evidence = self._recorder.findings, self.judge.evidence(trace)
        for rule in self.judge.rules:
            for breach in rule.judge(evidence) if rule.id == _MODEL else ():
                if breach and severity(breach) and not findings.standing_for(rule.id, breach, trace):
                    yield findings.identity(rule.id, breach, trace), (rule, breach, trace)

    def doubt(self, text: str) -> None:
        """Note what was not judged, and why."""
        self._confirmation.notes.append(text)

    def note(self, shown: Shown, node: str) -> list[Finding]:
        """Record a breach: the finding if it is the first of its kind."""
        rule, breach, trace = shown
        return self._recorder.note(rule, breach, trace, node, self._reproduction.sends(breach, trace))

    def lead(self) -> str | None:
        """What a reader must know before all else: that the target is hardly this API."""
        return self._likeness.lead()

    def remarks(self) -> Iterator[str]:
        """What a reader must know to trust the verdict."""
        good, done = self._good.total(), self._good["accepted"]
        if good and done * 2 < good:
            yield f"few good requests were accepted: {done} of {good}; check the credentials and the known data, --data"
        yield from self._confirmation.notes

    def _count_good(self, evidence: Evidence) -> None:
        self._likeness.look(evidence)
        for reading in evidence.readings:
            if reading.step.promise.outcome is Outcome.ACCEPTED:
                self._good["accepted" if reading.accepted else "other"] += 1
