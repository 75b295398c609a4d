"""The second use of a reference is refused, with the same body or another."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the second use is done as well. Needs a first use that was accepted."""
    first, second = evidence.step("first"), evidence.step("second")
    if evidence.about != "duplicate" or first is None or second is None or not first.accepted:
        return
    if second.rejected:
        yield KEPT
    elif second.accepted:
        variant = evidence.trace.case.variant
        yield evidence.breach(
            second, "a refusal of the second use", f"{second.status}, accepted", f"a reference is accepted twice ({variant})",
            second.step.promise.basis, operation=second.operation, cause=f"duplicate-reference/{variant}",
        )


RULE = Rule(
    id="duplicate-rejected", group="references",
    title="A reference is good for one request.",
    judge=judge,
)
