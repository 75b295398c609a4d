"""A reference of a refused request is still free for the corrected one."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule

_RACE = "freed-at-once"
_STORIES = {"freed": "refused", _RACE: "refused#0", "overdraft": "too-much"}
"""The step that is refused, by the kind of story."""


def judge(evidence: Evidence) -> Judgement:
    """Breach where the corrected request is refused as a duplicate, though no good one was accepted beside it."""
    refused, corrected = evidence.step(_STORIES.get(evidence.about, "")), evidence.step("corrected")
    used = evidence.contract.causes.get("duplicate-reference")
    if used is None or refused is None or corrected is None or not refused.rejected:
        return
    if evidence.about == _RACE and not _only_refused(evidence):
        return
    if corrected.accepted:
        yield KEPT
    elif corrected.code in used.codes:
        yield evidence.breach(
            corrected,
            "success of the corrected request",
            corrected.told(),
            "a refused request used its reference up",
            used.basis,
            operation=corrected.operation,
            cause=refused.step.promise.cause,
        )


def _only_refused(evidence: Evidence) -> bool:
    """Whether every request of the race was refused, so that none of them has the reference."""
    before = [reading for reading in evidence.readings if reading.step.name != "corrected"]
    return all(reading.whole and reading.rejected and not reading.passing for reading in before)


RULE = Rule(
    id="reference-not-consumed",
    group="references",
    title="A refused request leaves its reference free.",
    judge=judge,
    story=True,
)
