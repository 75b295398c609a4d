"""What GitHub code scanning takes in one file, and how much is written so that it does."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from errorcontract.reporting.result import ReportedFinding, RunResult, Verdict
from errorcontract.reporting.text import plural

RUNS, RULES, RESULTS = 20, 25_000, 25_000
"""Of a file; of a run. A file with more is refused."""

SHOWN = 5_000
"""Results of a run that are stored and shown; the rest is taken and forgotten."""

BYTES = 10_000_000
"""Of the file as it is uploaded: compressed."""

_ORDER = (Verdict.BROKEN, Verdict.INCOMPLETE, Verdict.KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many results a run may have, and how many of these come with their exchange."""

    results: int = RESULTS
    whole: int = 500

    def taken(self, run: RunResult) -> tuple[ReportedFinding, ...]:
        """The findings that are written: errors first, those that are accepted last."""
        return (*run.open_findings, *run.accepted_findings)[: self.results]

    def left_out(self, run: RunResult) -> Iterator[tuple[str, str]]:
        """What of a run is not written or will not be shown, each with a level, and where it is."""
        written = min(len(run.findings), self.results)
        if beyond := len(run.findings) - written:
            yield "warning", f"{plural(beyond, 'finding')} more in findings.json: GitHub takes no more in one file"
        if written > SHOWN:
            yield "note", f"GitHub shows {SHOWN:,} of these {written:,} results: all are in findings.json"
        if (bare := written - self.whole) > 0:
            yield "note", f"{plural(bare, 'result')} without request and answer, which are in findings.json"


def rooms(runs: Iterable[RunResult]) -> Iterator[Room]:
    """One after the other is to be tried, until the file is small enough."""
    most = max((len(run.findings) for run in runs), default=0)
    yield from (Room(), Room(whole=50), Room(whole=0))
    yield from (Room(results=fewer, whole=0) for fewer in (10_000, SHOWN, 1_000, 200, 20) if fewer < most)


def fits(text: str) -> bool:
    """Whether a file is small enough once it is compressed, even if that is done in haste."""
    plain = text.encode()
    return len(plain) <= BYTES or len(gzip.compress(plain, 1)) <= BYTES


def taken(runs: Sequence[RunResult]) -> list[RunResult]:
    """The runs that are written, in their order: of too many, those that found most."""
    if len(runs) <= RUNS:
        return list(runs)
    ranked = sorted(runs, key=lambda run: (_ORDER.index(run.verdict), -len(run.open_findings)))
    kept = {id(run) for run in ranked[:RUNS]}
    return [run for run in runs if id(run) in kept]


def missing(runs: Sequence[RunResult]) -> Iterator[tuple[str, str]]:
    """What is told of runs that are not written."""
    kept = {id(run) for run in taken(runs)}
    others = [f"{run.contract} ({plural(len(run.findings), 'finding')})" for run in runs if id(run) not in kept]
    if others:
        yield "warning", f"more contracts in findings.json, as GitHub takes {RUNS} in one file: {', '.join(others)}"
