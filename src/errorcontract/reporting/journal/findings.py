"""The findings of a run, each with how often it showed, and with which values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from errorcontract.model import with_variants
from errorcontract.reporting.journal.room import Room
from errorcontract.reporting.reading.finding import finding_of
from errorcontract.reporting.reading.tolerant import Line, words
from errorcontract.reporting.result import ReportedFinding

_ALSO = 20


class Findings:
    """One of each, however many lines tell of it. `room` is what their evidence may take."""

    def __init__(self) -> None:
        self.room = Room()
        self._findings: dict[str, ReportedFinding] = {}
        self._again: Counter[str] = Counter()
        self._also: dict[str, list[int]] = {}
        self._variants: dict[str, dict[str, None]] = {}

    def take(self, line: Line) -> None:
        """Add a `finding` line."""
        found = finding_of(line)
        self._variants.setdefault(found.id, {}).update(dict.fromkeys(found.variants))
        if found.id in self._findings:
            self._seen_again(found.id, line.get("evidence"))
        else:
            self._findings[found.id] = self.room.fit(found)

    def again(self, line: Line) -> None:
        """Add an `again` line: a finding that was told before has shown once more."""
        fingerprint = words(line.get("id"))
        self._seen_again(fingerprint, line.get("number"))
        if line.get("variant") is not None:
            self._variants.setdefault(fingerprint, {})[words(line["variant"])] = None

    def counted(self) -> Iterator[ReportedFinding]:
        """All of them, with what was told of them since."""
        for fingerprint, finding in self._findings.items():
            variants = tuple(self._variants[fingerprint])
            yield replace(
                finding,
                summary=with_variants(finding.summary, variants),
                variants=variants,
                occurrences=1 + self._again[fingerprint],
                also=tuple(self._also.get(fingerprint, ())),
            )

    def _seen_again(self, fingerprint: str, number: object) -> None:
        self._again[fingerprint] += 1
        also = self._also.setdefault(fingerprint, [])
        if isinstance(number, int) and len(also) < _ALSO:
            also.append(number)
