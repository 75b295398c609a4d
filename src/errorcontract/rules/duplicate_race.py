"""The same reference, several times at the same moment: exactly one request is done, paid, and there afterwards."""

from __future__ import annotations

from errorcontract.model import Breach
from errorcontract.rules.books import ALONE, times_listed
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule


def judge(evidence: Evidence) -> Judgement:
    """Breach where more than one of the racing requests is accepted, paid or there; or none, though one is a second."""
    racing = evidence.copies("racing")
    if evidence.about != "race" or not racing:
        return
    won = [reading for reading in racing if reading.accepted]
    wrong = _wrong(evidence, racing, won)
    if wrong:
        yield _breach(evidence, racing, won, wrong)
    elif len(won) == 1 and not any(reading.passing for reading in racing):
        yield KEPT


def _wrong(evidence: Evidence, racing: list[Reading], won: list[Reading]) -> str | None:
    """What is more or less than one effect, None where all is right or nobody can know."""
    if len(won) > 1:
        return f"accepted{_paid(evidence)}"
    there = _there(evidence)
    if there > 1:
        return f"accepted, {there} made"
    if any(reading.passing for reading in racing):
        return None
    if won:
        return f"accepted{_paid(evidence)}" if _overpaid(evidence, won[0]) else None
    failed = evidence.lost("racing") or any(reading.status >= 500 for reading in racing)  # noqa: PLR2004
    refused_as_second = any(not one.step.promise.codes or one.code in one.step.promise.codes for one in racing)
    return f"accepted{_paid(evidence)}" if refused_as_second and not failed else None


def _paid(evidence: Evidence) -> str:
    spent = evidence.spent()
    return "" if spent is None else f", {spent:g} paid"


def _overpaid(evidence: Evidence, winner: Reading) -> bool:
    spent, cost = evidence.spent(), winner.step.promise.cost
    return spent is not None and cost is not None and spent > cost


def _there(evidence: Evidence) -> int:
    """How many things with the reference are listed by what reads them."""
    reference = evidence.trace.case.notes.get("reference")
    operation = evidence.contract.operations.get(str(evidence.trace.case.operation))
    if not isinstance(reference, str) or operation is None:
        return 0
    looks = [(evidence.step(f"effect-{number + 1}"), watch) for number, watch in enumerate(operation.watch)]
    shown = [look.at(watch.pointer) for look, watch in looks if look is not None and look.accepted]
    return max((count for value in shown for count in times_listed(value, reference)), default=0)


def _breach(evidence: Evidence, racing: list[Reading], won: list[Reading], wrong: str) -> Breach:
    cost = (won or racing)[0].step.promise.cost if evidence.spent() is not None else None
    return evidence.breach(
        [*won, racing[0], racing[0]][1],
        "one accepted" + (f", {cost:g} paid" if cost else ""),
        f"{len(won)} of {len(racing)} {wrong}",
        f"{len(racing)} uses of a reference at once: {len(won)} {wrong}",
        racing[0].step.promise.basis,
        operation=racing[0].operation,
        cause="duplicate-reference/at once",
        told_by=ALONE if len(won) == 1 else frozenset(),
    )


RULE = Rule(
    id="duplicate-race",
    group="references",
    title="A reference that comes many times at once has one effect.",
    judge=judge,
    story=True,
    doubtful=lambda evidence: sum(reading.accepted for reading in evidence.copies("racing")) == 1,
)
