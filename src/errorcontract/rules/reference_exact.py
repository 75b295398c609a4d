"""A reference that differs in case or padding is another one."""

from __future__ import annotations

from dataclasses import replace

from errorcontract.model import Provenance
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the other text is refused as a duplicate. Padding may be cut by a legal choice: a warning only."""
    first, used = evidence.step("first"), evidence.contract.causes.get("duplicate-reference")
    if evidence.about != "exact" or used is None or first is None or not first.accepted:
        return
    for other in evidence.answered:
        variant = other.exchange.step
        if other is first:
            continue
        if other.accepted:
            yield KEPT
        elif other.code in used.codes:
            basis = used.basis if variant == "other case" else replace(used.basis, provenance=Provenance.INFERRED)
            yield evidence.breach(
                other,
                "a reference of its own",
                other.told(),
                f"a reference that was never used is refused as used ({variant})",
                basis,
                operation=other.operation,
                cause=f"other-reference/{variant}",
            )


RULE = Rule(
    id="reference-exact",
    group="references",
    title="Another text is another reference.",
    judge=judge,
    story=True,
)
