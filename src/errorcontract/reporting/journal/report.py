"""From a journal to its report."""

from __future__ import annotations

from pathlib import Path

from errorcontract.reporting.journal.gathering import Gathering
from errorcontract.reporting.journal.lines import read_lines
from errorcontract.reporting.reading.provenance import tool_of
from errorcontract.reporting.reading.tolerant import words
from errorcontract.reporting.result import Report, Tool


def read_report(path: Path) -> Report:
    """The report of a journal, whatever state the run left it in."""
    runs: dict[str, Gathering] = {}
    tool = Tool()
    torn = 0
    for line in read_lines(path):
        if line is None:
            torn += 1
            continue
        name = words(line.get("run"))
        if line.get("type") == "run":
            tool = tool_of(line)
        if name not in runs:
            runs[name] = Gathering(name)
        runs[name].take(line)
    problems = (f"{torn} line{'s' * (torn > 1)} of the journal could not be read",) if torn else ()
    return Report(tool=tool, runs=tuple(run.result() for run in runs.values()), problems=problems)
