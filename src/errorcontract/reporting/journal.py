"""From the journal to the report: line by line, so that a long run needs no more memory than its findings."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from errorcontract.model import with_variants
from errorcontract.reporting import parse
from errorcontract.reporting.acceptance import with_acceptances
from errorcontract.reporting.result import Report, ReportedFinding, RunResult, Tally, Tool
from errorcontract.reporting.room import Room
from errorcontract.reporting.timing import Timings

SILENT = "the run ended without saying so"
NOT_BEGUN = "it was not begun"
DIED = "a process of the run died; what it was asking then is not judged, and what it had asked was asked again"
NO_ANSWER = "no answer"
_ALSO = 20
_LONGEST = 64 * 1024 * 1024  # no line of ours is half as long
_WITHOUT_RUN = "session"


def read_lines(path: Path) -> Iterator[dict[str, Any] | None]:
    """The objects of a journal; None for a line that is torn or no object."""
    with path.open("rb") as journal:
        while raw := journal.readline(_LONGEST):
            if len(raw) == _LONGEST:
                while (rest := journal.readline(_LONGEST)) and not rest.endswith(b"\n"):
                    pass
                yield None
            elif raw.strip() and (line := _object(raw)) != {}:
                yield line


def read_report(path: Path) -> Report:
    """The report of a journal, whatever state the run left it in."""
    runs: dict[str, _Run] = {}
    tool = Tool()
    torn = 0
    for line in read_lines(path):
        if line is None:
            torn += 1
            continue
        name = parse.words(line.get("run"))
        if line.get("type") == "run":
            tool = _tool(line)
        if name not in runs:
            runs[name] = _Run(name)
        runs[name].take(line)
    problems = (f"{torn} line{'s' * (torn > 1)} of the journal could not be read",) if torn else ()
    return Report(tool=tool, runs=tuple(run.result() for run in runs.values()), problems=problems)


class _Run:
    """Gathers the lines of one run."""

    def __init__(self, name: str) -> None:
        self._base = RunResult(contract=name, complete=False, why=SILENT)
        self._begun = self._ended = self._died = False
        self._requests = 0
        self._statuses: Counter[str] = Counter()
        self._first: float | None = None
        self._last = 0.0
        self._timings = Timings()
        self._room = Room()
        self._findings: dict[str, ReportedFinding] = {}
        self._again: Counter[str] = Counter()
        self._also: dict[str, list[int]] = {}
        self._tallies: list[Tally] = []
        self._notes: list[str] = []
        self._variants: dict[str, dict[str, None]] = {}

    def take(self, line: parse.Line) -> None:
        """Add what a line tells; a type that is not known tells nothing."""
        handler = getattr(self, f"_take_{line.get('type')}", None)
        if handler is not None:
            handler(line)

    def result(self) -> RunResult:
        """The run as far as it was told."""
        tallied = sum(tally.requests for tally in self._tallies)
        statuses = self._statuses or sum((Counter(tally.statuses) for tally in self._tallies), Counter())
        lasted = self._last - self._first if self._first is not None else 0.0
        run = replace(
            self._base,
            requests=self._requests or tallied,
            by_status=dict(sorted(statuses.items())),
            seconds=self._base.seconds or round(lasted, 3),
            findings=tuple(map(self._counted, self._findings.values())),
            tallies=tuple(self._tallies),
            timings=self._timings.operations(),
            slowest=self._timings.slowest(),
            notes=(*dict.fromkeys(self._notes), *self._room.remarks()),
        )
        return with_acceptances(run)

    def _counted(self, finding: ReportedFinding) -> ReportedFinding:
        variants = tuple(self._variants[finding.id])
        return replace(
            finding,
            summary=with_variants(finding.summary, variants),
            variants=variants,
            occurrences=1 + self._again[finding.id],
            also=tuple(self._also.get(finding.id, ())),
        )

    def _take_planned(self, _: parse.Line) -> None:
        if not self._begun:
            self._base = replace(self._base, why=NOT_BEGUN)

    def _take_run(self, line: parse.Line) -> None:
        self._died = self._died or (self._begun and not self._ended)
        self._begun, self._ended = True, False
        self._base = replace(
            self._base,
            complete=False,
            why=SILENT,
            made=parse.provenance(line),
            started=parse.words(line.get("started")),
            rules=parse.rules(line),
            left_out={name: parse.words(why) for name, why in parse.members(line.get("left_out")).items()},
            codes=parse.codes(line),
            causes=parse.causes(line),
            operations=parse.operations(line),
            baseline=parse.baseline(line),
        )

    def _take_exchange(self, line: parse.Line) -> None:
        response = line.get("response")
        self._requests += 1
        self._timings.take(line)
        self._statuses[parse.words(response.get("status")) if isinstance(response, dict) else NO_ANSWER] += 1
        started = parse.seconds(line.get("started"))
        if started:
            self._first = min(started, self._first or started)
            self._last = max(self._last, started + parse.seconds(line.get("seconds")))

    def _take_finding(self, line: parse.Line) -> None:
        found = parse.finding(line)
        self._variants.setdefault(found.id, {}).update(dict.fromkeys(found.variants))
        if found.id in self._findings:
            self._seen_again(found.id, line.get("evidence"))
        else:
            self._findings[found.id] = self._room.fit(found)

    def _take_again(self, line: parse.Line) -> None:
        self._seen_again(parse.words(line.get("id")), line.get("number"))
        if line.get("variant") is not None:
            self._variants.setdefault(parse.words(line.get("id")), {})[parse.words(line["variant"])] = None

    def _seen_again(self, fingerprint: str, number: object) -> None:
        self._again[fingerprint] += 1
        also = self._also.setdefault(fingerprint, [])
        if isinstance(number, int) and len(also) < _ALSO:
            also.append(number)

    def _take_tally(self, line: parse.Line) -> None:
        tally = parse.tally(line)
        self._tallies.append(tally)
        self._notes.extend(tally.notes)

    def _take_note(self, line: parse.Line) -> None:
        if line.get("leads"):
            self._base = replace(self._base, lead=parse.words(line.get("text")))
        else:
            self._notes.append(parse.words(line.get("text")))

    def _take_end(self, line: parse.Line) -> None:
        self._ended = True
        complete = bool(line.get("complete")) and not self._died
        silent = DIED if self._died else SILENT
        self._base = replace(
            self._base,
            finished=parse.maybe(line.get("finished")),
            seconds=parse.seconds(line.get("seconds")),
            complete=complete,
            why=None if complete else parse.maybe(line.get("why")) or silent,
        )


def _object(raw: bytes) -> dict[str, Any] | None:
    """The object of a line, empty for one that is about no run, None for what is none."""
    try:
        line = json.loads(raw.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(line, dict) or line.get("run") is None:
        return {} if isinstance(line, dict) and line.get("type") == _WITHOUT_RUN else None
    return line


def _tool(line: parse.Line) -> Tool:
    named = parse.members(line.get("tool"))
    return Tool(name=parse.words(named.get("name")) or "errorcontract", version=parse.words(named.get("version")))
