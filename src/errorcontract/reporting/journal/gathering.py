"""One run, gathered from its lines: what it was about, how far it came, what it met and found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from errorcontract.reporting.acceptance import with_acceptances
from errorcontract.reporting.journal.exchanges import Exchanges
from errorcontract.reporting.journal.findings import Findings
from errorcontract.reporting.reading.run import begun
from errorcontract.reporting.reading.tally import tally_of
from errorcontract.reporting.reading.tolerant import Line, maybe, seconds, words
from errorcontract.reporting.result import RunResult, Tally

SILENT = "the run ended without saying so"
NOT_BEGUN = "it was not begun"
DIED = "a process of the run died; what it was asking then is not judged, and what it had asked was asked again"


class Gathering:
    """Gathers the lines of one run."""

    def __init__(self, name: str) -> None:
        self._base = RunResult(contract=name, complete=False, why=SILENT)
        self._begun = self._ended = self._died = False
        self._exchanges = Exchanges()
        self._findings = Findings()
        self._tallies: list[Tally] = []
        self._notes: list[str] = []

    def take(self, line: Line) -> None:
        """Add what a line tells; a type that is not known tells nothing."""
        handler = getattr(self, f"_take_{line.get('type')}", None)
        if handler is not None:
            handler(line)

    def result(self) -> RunResult:
        """The run as far as it was told."""
        tallied = sum(tally.requests for tally in self._tallies)
        statuses = self._exchanges.statuses or sum((Counter(one.statuses) for one in self._tallies), Counter())
        run = replace(
            self._base,
            requests=self._exchanges.requests or tallied,
            by_status=dict(sorted(statuses.items())),
            seconds=self._base.seconds or self._exchanges.lasted,
            findings=tuple(self._findings.counted()),
            tallies=tuple(self._tallies),
            timings=self._exchanges.timings.operations(),
            slowest=self._exchanges.timings.slowest(),
            notes=(*dict.fromkeys(self._notes), *self._findings.room.remarks()),
        )
        return with_acceptances(run)

    def _take_planned(self, _: Line) -> None:
        if not self._begun:
            self._base = replace(self._base, why=NOT_BEGUN)

    def _take_run(self, line: Line) -> None:
        self._died = self._died or (self._begun and not self._ended)
        self._begun, self._ended = True, False
        self._base = begun(replace(self._base, complete=False, why=SILENT), line)

    def _take_exchange(self, line: Line) -> None:
        self._exchanges.take(line)

    def _take_finding(self, line: Line) -> None:
        self._findings.take(line)

    def _take_again(self, line: Line) -> None:
        self._findings.again(line)

    def _take_tally(self, line: Line) -> None:
        tally = tally_of(line)
        self._tallies.append(tally)
        self._notes.extend(tally.notes)

    def _take_note(self, line: Line) -> None:
        if line.get("leads"):
            self._base = replace(self._base, lead=words(line.get("text")))
        else:
            self._notes.append(words(line.get("text")))

    def _take_end(self, line: Line) -> None:
        self._ended = True
        complete = bool(line.get("complete")) and not self._died
        silent = DIED if self._died else SILENT
        self._base = replace(
            self._base,
            finished=maybe(line.get("finished")),
            seconds=seconds(line.get("seconds")),
            complete=complete,
            why=None if complete else maybe(line.get("why")) or silent,
        )
