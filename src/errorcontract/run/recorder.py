"""Keeps a run's record: findings the moment they exist, what each question counted, and how the run ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from errorcontract.exchange import EVIDENCE_BYTES, KEPT_BYTES, Journal
from errorcontract.findings import Findings, variant_of
from errorcontract.model import Breach, Case, Finding, Trace
from errorcontract.rules import Rule
from errorcontract.run.question import Question
from errorcontract.run.tally import Tally

_TOLD = (
    *("id", "rule", "severity", "operation", "cause", "code", "status", "summary", "expected", "observed", "curl"),
    *("question", "accepted", "evidence", "field", "variants"),
)


class Recorder:
    """Writes the journal of one run. `curl` makes the commands that show a breach again; `url` is the target's."""

    def __init__(
        self,
        journal: Journal,
        contract: str,
        url: str,
        accepted: Mapping[str, str],
        curl: Callable[[Trace, int | None, int], str],
    ) -> None:
        self.journal, self._url = journal, url
        self.findings = Findings(contract, accepted, curl)
        self.unwritten: list[Finding] = []
        """Findings for which the disk had no room."""
        self._started = time.time()

    def note(self, rule: Rule, breach: Breach, trace: Trace, node: str, sends: int = 1) -> list[Finding]:
        """Record a breach: the finding if it is the first of its kind. `sends`: it takes so many requests to see it."""
        found = self.findings.add(rule.id, breach, trace, node, story=rule.story, sends=max(rule.sends, sends))
        if found and found[1]:
            self._write_finding(found[1])
            return [found[1]]
        if found:
            self.again(found[0], breach, trace)
        return []

    def again(self, identity: str, breach: Breach, trace: Trace) -> None:
        """Record that a finding showed once more."""
        exchange = breach.exchange
        about = {"number": exchange.number, "operation": exchange.request.operation}
        self.journal.write("again", {"id": identity, **about, "variant": variant_of(breach, trace)})

    def tally(
        self, question: Question, node: str, tally: Tally, seconds: float, unsent: Sequence[tuple[Case, str]] = ()
    ) -> None:
        """Record what a question counted. `unsent`: cases that were not played, and why."""
        about = {"question": node, "family": question.family, "operation": question.operation}
        self.journal.write("tally", about | {"seconds": round(seconds, 6)} | tally.line(unsent))

    def remark(self, text: str, *, leads: bool = False) -> None:
        """Record what a reader must know; `leads`: before all else."""
        self.journal.write("note", {"text": text} | ({"leads": True} if leads else {}))

    def end(self, *, complete: bool, why: str | None) -> None:
        """Record the end of the run."""
        finished = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        seconds = round(time.time() - self._started, 3)
        self.journal.write("end", {"finished": finished, "seconds": seconds, "complete": complete, "why": why})

    def _write_finding(self, finding: Finding) -> None:
        kept = {finding.evidence: EVIDENCE_BYTES}
        story = [
            self.journal.describe(exchange, self._url, kept.get(exchange.number, KEPT_BYTES))
            for exchange in finding.exchanges
        ]
        if not self.journal.write("finding", _plain(finding) | {"story": story}):
            self.unwritten.append(finding)


def _plain(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in _TOLD} | {
        "provenance": {"kind": finding.basis.provenance, "source": finding.basis.source},
        "exchanges": [exchange.number for exchange in finding.exchanges],
    }
