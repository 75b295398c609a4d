"""Counts what one question did, for the journal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from errorcontract.model import Breach, Case, Outcome, Trace
from errorcontract.rules import Rule
from errorcontract.rules.evidence import Evidence


class Tally:
    """Requests, answers, judgements and provoked causes of one question."""

    def __init__(self) -> None:
        self.requests = 0
        self.rules: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.operations: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.statuses: Counter[str] = Counter()
        self.codes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.causes: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def judged(self, rule: Rule, breach: Breach | None) -> None:
        """Count a judgement."""
        count = self.rules[rule.id]
        count[0] += 1
        count[1] += breach is not None

    def played(self, evidence: Evidence) -> None:
        """Count the exchanges of a case."""
        for reading in evidence.readings:
            self.requests += 1
            self.statuses[str(reading.status or "none")] += 1
            outcomes = self.operations[reading.operation or "-"]
            outcomes["requests"] += 1
            outcomes["accepted"] += reading.accepted
            outcomes["rejected"] += reading.rejected
            if reading.code:
                self.codes[reading.code][str(reading.status)] += 1
            promise = reading.step.promise
            if promise.cause and promise.outcome is not Outcome.ACCEPTED:
                self.causes[promise.cause.partition("/")[0]][reading.code or "-"] += 1

    def line(self, unsent: Sequence[tuple[Case, str]]) -> dict[str, Any]:
        """The tally as plain data. `unsent`: cases that were not played, each with the reason."""
        return {
            "requests": self.requests,
            "rules": dict(self.rules),
            "operations": {name: dict(counts) for name, counts in self.operations.items()},
            "statuses": dict(self.statuses),
            "codes": {code: dict(counts) for code, counts in self.codes.items()},
            "causes": {
                cause: {"sent": counts.total(), "answered": {code: n for code, n in counts.items() if code != "-"}}
                for cause, counts in self.causes.items()
            },
            "unsent": [
                {"case": case.id, "cause": (case.cause or "").partition("/")[0] or None, "why": why}
                for case, why in unsent
            ],
            "notes": [],
        }


def unplayed(cases: Sequence[Case], traces: Sequence[Trace]) -> list[tuple[Case, str | None]]:
    """Cases that ended before their first request, each with why it was spared; None: it lacked an earlier answer."""
    return [(case, trace.spared) for case, trace in zip(cases, traces, strict=True) if not trace.exchanges]
