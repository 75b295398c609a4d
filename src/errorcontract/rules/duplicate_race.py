"""The same reference, several times at the same moment: exactly one request is done and paid."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where not exactly one of the racing requests is accepted, or more than one is paid."""
    racing = evidence.copies("racing")
    if evidence.about != "race" or not racing or any(reading.passing for reading in racing):
        return
    accepted = sum(reading.accepted for reading in racing)
    failed = evidence.lost("racing") or any(reading.status >= 500 for reading in racing)  # noqa: PLR2004
    spent, cost = evidence.spent(), racing[0].step.promise.cost
    paid = f", {spent:g} paid" if spent is not None else ""
    overpaid = spent is not None and cost is not None and spent > cost
    if accepted > 1 or overpaid or (accepted == 0 and not failed):
        yield evidence.breach(
            _second_accepted(racing),
            "one accepted" + (f", {cost:g} paid" if cost else ""),
            f"{accepted} of {len(racing)} accepted{paid}",
            f"{len(racing)} uses of a reference at once: {accepted} accepted{paid}",
            racing[0].step.promise.basis,
            operation=racing[0].operation,
            cause="duplicate-reference/at once",
        )
    elif accepted == 1:
        yield KEPT


def _second_accepted(racing: list[Reading]) -> Reading:
    return [*(reading for reading in racing if reading.accepted), racing[0], racing[0]][1]


RULE = Rule(
    id="duplicate-race",
    group="references",
    title="A reference that comes many times at once has one effect.",
    judge=judge,
    story=True,
    doubtful=lambda evidence: sum(reading.accepted for reading in evidence.copies("racing")) == 1,
)
