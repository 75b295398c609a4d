"""The type of an error is one that the documents give to its code."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each code under another type. A code without a promised type is not judged."""
    promised = evidence.contract.errors.code_type
    if promised is None:
        return
    for reading in evidence.answered:
        code, told = evidence.contract.codes.get(reading.code or ""), reading.at(promised.pointer)
        if code is None or not code.types or not isinstance(told, str):
            continue
        if told in code.types:
            yield KEPT
        else:
            yield evidence.breach(
                reading,
                f"{code.code} of type {' or '.join(sorted(code.types))}",
                f"{code.code} of type {told[:80]}",
                f"{code.code} has another type than the documented one",
                code.type_basis or promised.basis,
                code=code.code,
            )


RULE = Rule(
    id="code-type",
    group="codes",
    title="The type of an error is that of its code.",
    judge=judge,
)
