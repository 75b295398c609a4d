"""What looks for orders and things show of them, against a model of what was made."""

from __future__ import annotations

from collections.abc import Mapping

from errorcontract.model import Basis, Breach, Operation
from errorcontract.rules.books import TWICE, Books, differing, named, times_listed
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


def listed(evidence: Evidence, books: Books, look: Reading) -> Judgement:
    """A look at what lists things: nothing refused is there, and nothing twice. What is not there may be elsewhere."""
    used = evidence.contract.causes.get("duplicate-reference")
    watches = (watch for one in evidence.contract.operations.values() for watch in one.watch)
    values = [look.at(watch.pointer) for watch in watches if watch.operation == look.operation]
    for (_, reference), made in {**books.refused, **books.orders}.items() if used and look.accepted else ():
        accepted = any(order is made for order in books.orders.values())
        times = max((count for value in values for count in times_listed(value, reference)), default=0)
        if times <= accepted or any(reference == doubtful for _, doubtful in books.doubtful):
            yield KEPT
        else:
            yield _listed(evidence, look, made, times)
            return


def _listed(evidence: Evidence, look: Reading, made: Reading, times: int) -> Breach:
    became = "accepted" if made.accepted else "refused"
    basis = evidence.contract.causes["duplicate-reference"].basis if made.accepted else made.step.promise.basis
    return evidence.breach(
        look,
        "listed once" if made.accepted else "not listed",
        f"listed {times} times",
        f"after a sequence of requests, what was {became} is listed {times} times",
        basis,
        operation=made.operation,
        cause=f"list of what was {became}",
        told_by=_REFUSED | TWICE,
    )


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
