"""The time in an error can be read, is UTC, and is the time of the answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from errorcontract.model import Timestamp
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.moment import clocks, moment
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_DESCRIPTION = {
    "form": "the time in an error has another form",
    "zone": "the time in an error is not UTC",
    "moment": "the time in an error is not the time of the answer",
}


def judge(evidence: Evidence) -> Judgement:
    """Breach for another form, another zone or another time. An error without a time is the envelope's matter."""
    promised = evidence.contract.errors.timestamp
    if promised is None:
        return
    for reading in evidence.answered:
        text = reading.at(promised.pointer)
        if not reading.is_error or not isinstance(text, str):
            continue
        wrong, expected = _wrong(promised, reading, text)
        if wrong is None:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                expected,
                f"{promised.pointer}: {text[:80]}",
                _DESCRIPTION[wrong],
                promised.basis,
                cause=f"{wrong} of the time",
            )


def _wrong(promised: Timestamp, reading: Reading, text: str) -> tuple[str | None, str]:
    said = moment(text)
    if said is None or (promised.pattern and not re.search(promised.pattern, text)):
        return "form", f"a time like {promised.pattern}" if promised.pattern else "an ISO 8601 time"
    if said.utcoffset() != timedelta(0):
        return "zone", "a time in UTC"
    return (None, "") if _fresh(promised, reading, said.timestamp()) else ("moment", _awaited(promised, reading))


def _fresh(promised: Timestamp, reading: Reading, said: float) -> bool:
    """Near our clock or near that of the target, whichever of the two may be wrong."""
    ours, theirs = clocks(reading)
    by_ours = ours - promised.within <= said <= ours + reading.exchange.seconds + promised.within
    return by_ours or abs(said - theirs) <= promised.within


def _awaited(promised: Timestamp, reading: Reading) -> str:
    now = datetime.fromtimestamp(reading.exchange.started, UTC)
    return f"a time within {promised.within:g} seconds of {now:%Y-%m-%dT%H:%M:%SZ}"


RULE = Rule(
    id="timestamp-fresh",
    group="envelope",
    title="The time in an error is the time of the answer, in UTC.",
    judge=judge,
)
