"""Whatever was asked before, balance, orders and look-ups are what the answers say they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from errorcontract.model import Breach, Outcome
from errorcontract.rules.books import TWICE, Books, moments
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.finds import found, listed, looked_up
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement, Rule

_CHARGED = frozenset({"charged-once", "ledger-balances", "duplicate-race"})
_TRACE = frozenset({"rejected-leaves-no-trace", "duplicate-race"})
_MIXED = _CHARGED | _TRACE | {"ledger-agrees"}
_USED_UP = frozenset({"reference-not-consumed", "duplicate-race"})
_LOOKS = {"look-up of ": looked_up, "find what came of ": found, "list ": listed}
"""What a look for something is judged by, by the begin of its step's name; the call that it is about may follow."""

Look = Callable[[Evidence, Books, Reading], Judgement]


def judge(evidence: Evidence) -> Judgement:
    """Breach for each answer of a sequence that the model can't explain."""
    if evidence.about != "ledger":
        return
    books = Books(evidence.contract)
    for moment in moments(evidence):
        calls = []
        for reading in moment:
            look = _look(evidence, reading)
            if look:
                yield from look(evidence, books, reading)
            else:
                calls.append(reading)
        yield from _calls(evidence, books, calls)


def _look(evidence: Evidence, reading: Reading) -> Look | None:
    ledger = evidence.contract.ledger
    if ledger is not None and reading.operation == ledger.operation:
        return _balance
    return next((look for begin, look in _LOOKS.items() if reading.step.name.startswith(begin)), None)


def _balance(evidence: Evidence, books: Books, look: Reading) -> Judgement:
    before, due, since, ledger = books.balance, books.due(), books.since, evidence.contract.ledger
    books.balance, books.since = evidence.amount(look) if look.whole else None, []
    if ledger is None or books.balance is None or before is None or due is None or not since:
        return
    paid, spent = [reading for reading in since if reading.accepted], round(before - books.balance, 6)
    if spent == due and not (paid and books.balance < 0 <= before):
        yield KEPT
        return
    mixed = bool(paid) and any(reading.rejected for reading in since)
    refused = not paid or (mixed and spent > due)
    made = "what was ordered" if any(_is_order(reading) for reading in paid) else "what was deleted"
    which = "what was refused" if refused else made if spent != due else "more than there was"
    yield evidence.breach(
        look,
        f"{due:g} paid" if spent != due else "a refusal",
        f"{spent:g} paid" if spent != due else f"a balance of {books.balance:g}",
        f"after a sequence of requests, {which} for {due:g} was charged {spent:g}",
        ledger.basis,
        operation=_whose(evidence, paid or since),
        cause=f"charge for {which}",
        told_by=_MIXED if mixed else _CHARGED if paid else _TRACE,
    )


def _is_order(reading: Reading) -> bool:
    """Whether it is a call of its own, not one upon what another made."""
    return " of " not in reading.step.name


def _whose(evidence: Evidence, since: Sequence[Reading]) -> str | None:
    """The operation that the sequence is about, if it was called; else the last one."""
    called, asked = [reading.operation for reading in since], evidence.trace.case.operation
    return asked if asked in called else called[-1]


def _calls(evidence: Evidence, books: Books, moment: Sequence[Reading]) -> Judgement:
    keys = [books.key(reading) for reading in moment]
    for place, (reading, key) in enumerate(zip(moment, keys, strict=True)):
        if key is None or key in books.doubtful or not reading.whole:
            continue
        beside = any(other == key and one.accepted for one, other in zip(moment[:place], keys, strict=False))
        if reading.accepted and (key in books.orders or beside):
            yield from _twice(evidence, reading, "one after the other" if key in books.orders else "at the same moment")
        elif reading.accepted:
            yield KEPT
        elif keys.count(key) == 1 and key not in books.orders:
            yield from _used_up(evidence, reading, "of a refused request" if key in books.refused else "that is new")
    books.enter(moment)
    for reading in moment:
        _, upon, name = reading.step.name.partition(" of ")
        if upon:
            books.delete(name, evidence, reading)


def _twice(evidence: Evidence, reading: Reading, how: str) -> Judgement:
    used = evidence.contract.causes.get("duplicate-reference")
    if used is not None:
        yield evidence.breach(
            reading,
            "a refusal",
            f"{reading.status}, accepted",
            f"after a sequence of requests, a reference is accepted twice, {how}",
            used.basis,
            operation=reading.operation,
            cause=f"duplicate-reference, {how}",
            told_by=TWICE,
        )


def _used_up(evidence: Evidence, reading: Reading, which: str) -> Judgement:
    """A reference that no accepted request had, and that is refused as used before."""
    used = evidence.contract.causes.get("duplicate-reference")
    if used is not None and reading.code in used.codes and reading.step.promise.outcome is not Outcome.REJECTED:
        yield _breach_of_used_up(evidence, reading, which)


def _breach_of_used_up(evidence: Evidence, reading: Reading, which: str) -> Breach:
    return evidence.breach(
        reading,
        "success",
        reading.told(),
        f"after a sequence of requests, a reference {which} is refused as used",
        evidence.contract.causes["duplicate-reference"].basis,
        operation=reading.operation,
        cause="reference used up",
        told_by=_USED_UP,
    )


RULE = Rule(
    id="ledger-agrees",
    group="money",
    title="Whatever was asked before, balance, orders and look-ups are what the answers say.",
    judge=judge,
    story=True,
    doubtful=lambda evidence: not evidence.trace.case.generated,
)
