"""A 202 says that the work was taken, not that it is done."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import MISSING
from errorcontract.rules.rule import KEPT, Judgement, Rule

_ACCEPTED = 202


def judge(evidence: Evidence) -> Judgement:
    """Breach for each 202 whose body claims a success."""
    promised = evidence.contract.http.accepted
    for reading in evidence.answered:
        if promised is None or reading.status != _ACCEPTED or not reading.has_content:
            continue
        told = reading.at(promised.pointer)
        if told is MISSING:
            continue
        if str(told).casefold() not in {claim.casefold() for claim in promised.never}:
            yield KEPT
            continue
        yield evidence.breach(
            reading,
            f"{promised.pointer} that tells of work under way",
            f"{promised.pointer}: {str(told)[:80]}",
            f"a 202 claims {str(told)[:40]!r} before the work is done",
            promised.basis,
            operation=reading.operation,
        )


RULE = Rule(
    id="accepted-is-not-success",
    group="http",
    title="A 202 does not claim success.",
    judge=judge,
)
