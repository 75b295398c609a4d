"""The path that a violation names leads into the body that was sent."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.places import named_by, sent, wrong_in
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach for each path that is none, has an index out of range, or a name that nothing has."""
    violations = evidence.contract.errors.violations
    if violations is None or violations.resolves is None or violations.path != "body-path":
        return
    for reading in evidence.answered:
        named = named_by(reading, violations) if reading.is_error else ()
        for text in named if named and sent(reading) else ():
            wrong = wrong_in(text, reading, evidence.contract, violations)
            if wrong is None:
                yield KEPT
            else:
                yield evidence.breach(
                    reading,
                    "a path into the body that was sent",
                    text[:200],
                    f"a violation names a place that was not sent, by its {wrong}",
                    violations.resolves,
                    cause=f"{wrong} in a path",
                )


RULE = Rule(
    id="field-violation-resolves",
    group="input",
    title="The path of a violation leads into the body that was sent.",
    judge=judge,
)
