"""A reference of a refused request is still free for the corrected one."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule

_STORIES = {"freed": "refused", "overdraft": "too-much"}
"""The step that is refused, by the kind of story."""


def judge(evidence: Evidence) -> Judgement:
    """Breach where the corrected request is refused as a duplicate."""
    refused, corrected = evidence.step(_STORIES.get(evidence.about, "")), evidence.step("corrected")
    used = evidence.contract.causes.get("duplicate-reference")
    if used is None or refused is None or corrected is None or not refused.rejected:
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


RULE = Rule(
    id="reference-not-consumed",
    group="references",
    title="A refused request leaves its reference free.",
    judge=judge,
    story=True,
)
