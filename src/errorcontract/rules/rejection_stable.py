"""The same bad request gets the same status and code each time."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where repeated answers differ. A state that passes excuses it."""
    readings = list(evidence.answered)
    if evidence.about != "stable" or len(readings) < 2 or any(reading.passing for reading in readings):  # noqa: PLR2004
        return
    answers = list(dict.fromkeys(_answer(reading) for reading in readings))
    if len(answers) == 1:
        yield KEPT
        return
    other = next(reading for reading in readings if _answer(reading) != answers[0])
    yield evidence.breach(
        other,
        answers[0],
        f"{', then '.join(answers)}",
        "the same bad request is answered in different ways",
        other.step.promise.basis,
        operation=other.operation,
    )


def _answer(reading: Reading) -> str:
    """The status and the meaning of the code: which of its aliases is sent may change."""
    codes = reading.step.promise.codes
    return f"{reading.status} {' or '.join(sorted(codes))}" if reading.code in codes else reading.told()


RULE = Rule(
    id="rejection-stable",
    group="retry",
    title="The same bad request gets the same answer.",
    judge=judge,
    story=True,
)
