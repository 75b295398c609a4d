"""A request that fails for one known cause is answered with a code documented for that cause. Aliases are all right."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each rejection with a documented code of another cause. A state that passes excuses it."""
    for reading in evidence.answered:
        promise = reading.step.promise
        if not promise.codes or not reading.rejected or reading.code not in evidence.contract.codes:
            continue
        if reading.code in promise.codes:
            yield KEPT
        elif not reading.passing or (promise.affordable and reading.unpaid):
            yield evidence.breach(
                reading,
                " or ".join(sorted(promise.codes)),
                reading.told(),
                f"{_name(promise.cause)} is answered with {reading.code}",
                promise.basis,
                operation=reading.operation,
                cause=_name(promise.cause),
                code=reading.code,
            )


def _name(cause: str | None) -> str | None:
    return cause.partition("/")[0] if cause else None


RULE = Rule(
    id="code-for-cause",
    group="codes",
    title="Every cause is answered with its own code.",
    judge=judge,
)
