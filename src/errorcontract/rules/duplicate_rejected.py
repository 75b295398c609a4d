"""Each further use of a reference is refused, with the same body or another."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where a further use is done as well. Needs a first use that was accepted."""
    first = evidence.step("first")
    if evidence.about != "duplicate" or first is None or not first.accepted:
        return
    for again in evidence.further_uses():
        if again.rejected:
            yield KEPT
        if not again.accepted:
            continue
        name = again.step.name
        variant = evidence.trace.case.variant if name == "second" else f"the {name} time"
        yield evidence.breach(
            again,
            f"a refusal of the {name} use",
            f"{again.status}, accepted",
            f"a reference is accepted twice ({variant})",
            again.step.promise.basis,
            operation=again.operation,
            cause=f"duplicate-reference/{variant}",
        )
        return


RULE = Rule(
    id="duplicate-rejected",
    group="references",
    title="A reference is good for one request.",
    judge=judge,
    story=True,
)
