"""The status that an error tells in its body is that of its status line."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the two differ. What is there but no number is the envelope's matter."""
    told = evidence.contract.errors.status_in_body
    if told is None:
        return
    for reading in evidence.answered:
        number = reading.at(told.pointer)
        if not reading.is_error or not isinstance(number, int | float) or isinstance(number, bool):
            continue
        if number == reading.status:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                f"{told.pointer}: {reading.status}",
                f"{told.pointer}: {number!r}"[:200],
                f"the body of a {reading.status} answer says another status",
                told.basis,
                status=reading.status,
            )


RULE = Rule(
    id="status-in-body",
    group="envelope",
    title="The status in the body is that of the status line.",
    judge=judge,
)
