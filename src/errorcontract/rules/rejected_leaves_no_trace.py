"""A refused request costs nothing and changes nothing: what is read before and after is the same."""

from __future__ import annotations

from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule
from errorcontract.rules.unchanged import shows_own, unchanged

_STORIES = {"no-trace", "duplicate", "overdraft"}
_LOOKED_UP = "looked-up"


def judge(evidence: Evidence) -> Judgement:
    """Breach where the balance, or a watched value, changed although each request between the looks was refused.

    And for each refused request that is found by its reference.
    """
    yield from unchanged(evidence)
    yield from _found(evidence)
    spent, ledger = evidence.spent(), evidence.contract.ledger
    between = _between(evidence)
    if evidence.about not in _STORIES or spent is None or ledger is None or not between:
        return
    if not all(reading.rejected for reading in between):
        return
    if spent == 0:
        yield KEPT
        return
    causes = sorted({str(reading.step.promise.cause) for reading in between})
    yield evidence.breach(
        between[-1],
        "the same balance",
        f"{spent:g} less" if spent > 0 else f"{-spent:g} more",
        f"refused requests changed the balance by {-spent:g} ({', '.join(causes)})",
        ledger.basis,
        operation=between[-1].operation,
        cause=evidence.trace.case.cause or "refused requests",
    )


def _found(evidence: Evidence) -> Judgement:
    """Nothing is found by a reference that was never sent: the look-up must say the same of a refused request's."""
    nothing = evidence.step("nothing")
    if evidence.about != _LOOKED_UP or nothing is None or not nothing.rejected or nothing.passing:
        return
    for refused in evidence.answered:
        found = evidence.step(refused.step.name.replace("refused", "found"))
        if not refused.step.name.startswith("refused") or not refused.rejected or found is None:
            continue
        if found.rejected:
            yield KEPT
        elif found.accepted:
            yield evidence.breach(
                found,
                f"{nothing.told()}, as for a reference that was never sent",
                found.told(),
                f"a refused request is found by its reference ({refused.step.promise.cause})",
                refused.step.promise.basis,
                operation=refused.operation,
                cause="found by its reference",
            )


def _is_doubtful(evidence: Evidence) -> bool:
    """What holds a request's own reference can be nobody else's doing."""
    return evidence.about != _LOOKED_UP and not shows_own(evidence)


def _between(evidence: Evidence) -> list[Reading]:
    names = [reading.exchange.step for reading in evidence.readings]
    if "balance-before" not in names or "balance-after" not in names:
        return []
    return list(evidence.readings[names.index("balance-before") + 1 : names.index("balance-after")])


RULE = Rule(
    id="rejected-leaves-no-trace",
    group="money",
    title="A refused request costs nothing and changes nothing.",
    judge=judge,
    story=True,
    doubtful=_is_doubtful,
)
