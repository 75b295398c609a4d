"""All runs of a journal."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.reporting.result.run import RunResult, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """The program that made the report."""

    name: str = "errorcontract"
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The runs of one journal. `problems`: what kept the journal from being read or a report from being written."""

    tool: Tool
    runs: tuple[RunResult, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of its runs; INCOMPLETE when there is none."""
        verdicts = {run.verdict for run in self.runs} or {Verdict.INCOMPLETE}
        return next(one for one in (Verdict.BROKEN, Verdict.INCOMPLETE, Verdict.KEPT) if one in verdicts)
