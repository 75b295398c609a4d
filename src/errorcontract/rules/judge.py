"""Puts every rule to every case that was played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from errorcontract.model import Breach, Contract, Trace
from errorcontract.rules.compiled import Shapes
from errorcontract.rules.evidence import Evidence, Memory
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import Rule
from errorcontract.rules.schema import AnswerSchemas, Envelope

Verdict = tuple[Rule, Breach | None]


class Judge:
    """The rules that a contract gives ground for, with the memory of one run."""

    def __init__(self, contract: Contract, rules: Sequence[Rule]) -> None:
        self.contract = contract
        self.rules = tuple(rule for rule in rules if rule.id not in contract.left_out)
        self._memory = Memory()
        self._envelope = Envelope(contract.envelope)
        self._answers = AnswerSchemas()
        self._shapes = Shapes(contract.errors.shapes)

    def judge(self, trace: Trace) -> Iterator[Verdict]:
        """Every judgement on a case: the rule, and the breach or None where it kept its promise."""
        return self.verdicts(self.evidence(trace))

    def verdicts(self, evidence: Evidence) -> Iterator[Verdict]:
        """Every judgement on a case that was read already."""
        for rule in self.rules:
            for verdict in rule.judge(evidence):
                yield rule, verdict

    def evidence(self, trace: Trace) -> Evidence:
        """A played case as rules see it."""
        readings = tuple(Reading(self.contract, step, exchange) for step, exchange in trace.exchanges)
        return Evidence(
            contract=self.contract,
            trace=trace,
            readings=readings,
            memory=self._memory,
            envelope=self._envelope,
            answers=self._answers,
            shapes=self._shapes,
        )
