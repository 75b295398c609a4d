"""The same bad request gets the same status and code each time, in a body of the same form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from errorcontract.model import Breach, Provenance
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.form import unlike
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_BETWEEN = "between"
"""How the good requests of such a story are named."""
_FORM = "form of the answer"


def judge(evidence: Evidence) -> Judgement:
    """Breach where repeated answers differ. A state that passes excuses it."""
    if evidence.about != "stable":
        return
    repeated = sorted((one for one in evidence.answered if not one.step.name.startswith(_BETWEEN)), key=_request)
    for _, answers in groupby(repeated, key=_request):
        readings = list(answers)
        if len(readings) > 1 and not any(reading.passing for reading in readings):
            yield _other_answer(evidence, readings) or _other_form(evidence, readings) or KEPT


def _request(reading: Reading) -> str:
    """The name of the request, without the number of the time that it was sent."""
    return reading.step.name.rpartition("-")[0]


def _other_answer(evidence: Evidence, readings: Sequence[Reading]) -> Breach | None:
    answers = list(dict.fromkeys(_answer(reading) for reading in readings))
    if len(answers) == 1:
        return None
    other = next(reading for reading in readings if _answer(reading) != answers[0])
    return evidence.breach(
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


def _other_form(evidence: Evidence, readings: Sequence[Reading]) -> Breach | None:
    """No document says that the form stays, so that it is no more than a warning."""
    before: dict[str | None, Reading] = {}
    for other in (one for one in readings if one.has_content and one.json is not MISSING):
        first = before.setdefault(other.code, other)
        if not (places := unlike(first.json, other.json, counted=True)):
            continue
        basis = other.step.promise.basis
        return evidence.breach(
            other,
            "the members of the answer before",
            f"{', '.join(places)} in one of the two only, or of another type"[:200],
            "the same bad request is answered in different forms",
            basis if basis.provenance is Provenance.UNSPECIFIED else replace(basis, provenance=Provenance.INFERRED),
            operation=other.operation,
            cause=_FORM,
        )
    return None


RULE = Rule(
    id="rejection-stable",
    group="retry",
    title="The same bad request gets the same answer.",
    judge=judge,
    story=True,
)
