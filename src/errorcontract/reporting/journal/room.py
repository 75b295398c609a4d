"""Room for evidence in memory: of very many findings with long answers, the later ones keep the start of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from errorcontract.reporting.result import Evidence, Received, ReportedFinding, Sent

ALL = 64 * 1024 * 1024
_START = 2 * 1024
_CUT = "kept is the start, as the findings of this run hold more than a report can; the journal has the rest"


class Room:
    """What is left, in characters. `shortened` counts the findings that had to do with less."""

    def __init__(self, left: int = ALL) -> None:
        self._left = left
        self.shortened = 0

    def fit(self, finding: ReportedFinding) -> ReportedFinding:
        """The finding as it is, or without its story and with the start of its exchange."""
        self._left -= sum(map(_size, finding.story or (finding.exchange,)))
        if self._left >= 0:
            return finding
        self.shortened += 1
        return replace(finding, story=(), exchange=_start(finding.exchange))

    def remarks(self) -> Iterator[str]:
        """What a reader must know of it."""
        if self.shortened:
            yield f"the evidence of {self.shortened} findings is not shown in full; the journal has all of it"


def _size(one: Evidence) -> int:
    return len(one.request.body or "") + len(one.response.body if one.response else "")


def _start(one: Evidence) -> Evidence:
    return replace(one, request=_sent(one.request), response=one.response and _received(one.response))


def _sent(one: Sent) -> Sent:
    long = one.body is not None and len(one.body) > _START
    return replace(one, body=(one.body or "")[:_START], cut=_CUT) if long else one


def _received(one: Received) -> Received:
    return replace(one, body=one.body[:_START], cut=_CUT) if len(one.body) > _START else one
