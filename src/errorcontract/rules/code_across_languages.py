"""The same bad request has the same code and status, whatever language is asked for."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where another Accept-Language changes the code or the status. A state that passes excuses it."""
    basis, readings = evidence.contract.errors.constant_code, evidence.answered
    if evidence.about != "languages" or basis is None:
        return
    if len(readings) < 2 or any(reading.passing for reading in readings):  # noqa: PLR2004 - there is nothing to compare
        return
    first = readings[0]
    other = next((reading for reading in readings if reading.told() != first.told()), None)
    if other is None:
        yield KEPT
        return
    yield evidence.breach(
        other,
        f"{first.told()}, as with {_asked(first)}",
        f"{other.told()} with {_asked(other)}",
        "another language changes the answer to the same bad request",
        basis,
        cause="code in another language" if first.status == other.status else "status in another language",
    )


def _asked(reading: Reading) -> str:
    language = reading.exchange.request.header("Accept-Language")
    return "no Accept-Language" if language is None else f"Accept-Language: {language}"


RULE = Rule(
    id="code-across-languages",
    group="codes",
    title="A code is the same in every language.",
    judge=judge,
    story=True,
)
