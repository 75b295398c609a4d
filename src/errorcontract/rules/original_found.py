"""After a duplicate was refused, a look-up by the reference shows the first order."""

from __future__ import annotations

from errorcontract.rules.books import differing
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where the look-up fails or shows other values than the first request's."""
    look_up = evidence.step("look-up")
    first = evidence.step("first") or _winner(evidence)
    if evidence.about not in {"duplicate", "race"} or look_up is None or first is None or not first.accepted:
        return
    broke_off = evidence.about == "duplicate" and evidence.step("second") is None
    if broke_off or any(use.accepted for use in evidence.further_uses()) or look_up.passing:
        return
    differing = _differing(evidence, first, look_up) if look_up.accepted else look_up.told()
    if differing is None:
        yield KEPT
    else:
        duplicate = evidence.contract.causes["duplicate-reference"]
        yield evidence.breach(
            look_up,
            "the first order",
            differing,
            f"the first order of a reference is not found again: {differing}",
            duplicate.basis,
            operation=look_up.operation,
            cause="duplicate-reference",
        )


def _winner(evidence: Evidence) -> Reading | None:
    """The one racing request that was accepted; of several, nobody knows which one is to be found."""
    won = [reading for reading in evidence.copies("racing") if reading.accepted]
    return won[0] if len(won) == 1 and not evidence.lost("racing") else None


def _differing(evidence: Evidence, first: Reading, look_up: Reading) -> str | None:
    operation = evidence.contract.operations[str(first.operation)]
    return differing(operation, first, look_up, operation.shows)


RULE = Rule(
    id="original-found",
    group="references",
    title="The first order of a reference can be looked up.",
    judge=judge,
    story=True,
)
