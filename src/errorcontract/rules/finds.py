"""What looks for orders and things show of them, against a model of what was made."""

from __future__ import annotations

from collections.abc import Mapping

from errorcontract.model import Basis, Operation
from errorcontract.rules.books import Books, differing, named
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.reading import Reading
from errorcontract.rules.rule import KEPT, Judgement

_FOUND = frozenset({"original-found", "valid-input-accepted", "success-data"})
_REFUSED = frozenset({"rejected-leaves-no-trace"})
_GONE = frozenset({"gone-stays-gone", "code-for-cause", "invalid-input-rejected"})


def looked_up(evidence: Evidence, books: Books, look: Reading) -> Judgement:
    """A look-up by a reference: what was accepted with it as it was sent, of what was refused nothing."""
    made = next(iter(named(evidence, look.step.name)), None)
    key, used = books.key(made) if made else None, evidence.contract.causes.get("duplicate-reference")
    if made is None or key is None or used is None or key in books.doubtful or not _tells(look):
        return
    order, refused = books.orders.get(key), books.refused.get(key)
    if order is not None and order.operation == made.operation:
        operation = books.operation(order)
        yield from _shown(evidence, operation, order, look, operation.shows, used.basis)
    elif order is None and refused is not None:
        yield from _nothing(evidence, look, "refused", refused.step.promise.basis)


def found(evidence: Evidence, books: Books, look: Reading) -> Judgement:
    """A look by an id that was answered: the thing as it was sent, or that it is gone."""
    made = next(iter(named(evidence, look.step.name)), None)
    makes = books.operation(made).makes if made else None
    if made is None or makes is None or not made.accepted or not _tells(look):
        return
    deleted = books.deleted.get(made.step.name)
    if deleted is None:
        yield from _shown(evidence, books.operation(made), made, look, makes.shows, makes.basis)
    elif deleted and makes.gone in evidence.contract.causes:
        yield from _nothing(evidence, look, "deleted", evidence.contract.causes[str(makes.gone)].basis)


def _tells(look: Reading) -> bool:
    return look.whole and not look.passing and (look.accepted or look.rejected)


def _shown(
    evidence: Evidence, operation: Operation, made: Reading, look: Reading, shows: Mapping[str, str], basis: Basis
) -> Judgement:
    wrong = differing(operation, made, look, shows) if look.accepted else look.told()
    if wrong is None:
        yield KEPT
        return
    yield evidence.breach(
        look,
        "what was sent",
        wrong,
        f"after a sequence of requests, what was accepted is not found as it was sent: {wrong}",
        basis,
        operation=look.operation,
        cause="look-up of what was accepted",
        told_by=_FOUND,
    )


def _nothing(evidence: Evidence, look: Reading, became: str, basis: Basis) -> Judgement:
    if look.rejected:
        yield KEPT
        return
    yield evidence.breach(
        look,
        "a refusal",
        f"{look.status}, found",
        f"after a sequence of requests, what was {became} is found",
        basis,
        operation=look.operation,
        cause=f"look-up of what was {became}",
        told_by=_REFUSED if became == "refused" else _GONE,
    )
