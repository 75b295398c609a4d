"""Can what is forbidden be told from what is not there?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import either, refused
from errorcontract.model import Asked, Case, Hiding, Promise, Request, Step

_NO_RIGHT, _FOREIGN = "insufficient-permission", "foreign-resource"


def cases(kit: Kit) -> Iterator[Case]:
    """What is forbidden, twice, and what is not there; both by HEAD; forbidden again after somebody else was let in."""
    for rank, hidden in enumerate(kit.contract.hiding):
        yield kit.story(
            "hiding",
            hidden.forbidden.operation,
            hidden.name,
            (*_asked(kit, hidden), *_by_head(kit, hidden), *_after_a_good_one(kit, hidden)),
            about="hiding",
            cause="forbidden",
            tells=83 - 8 * min(rank, 3),
        )


def _asked(kit: Kit, hidden: Hiding) -> tuple[Step, ...]:
    forbidden = _forbidden(kit, hidden)
    missing = Step(
        name="missing", make=once(partial(_request, kit, _missing(hidden))), promise=either("missing thing")
    )
    return forbidden, replace(forbidden, name="forbidden-2"), missing


def _forbidden(kit: Kit, hidden: Hiding) -> Step:
    promise = _promise(kit, hidden.forbidden)
    return Step(name="forbidden-1", make=once(partial(_request, kit, hidden.forbidden)), promise=promise)


def _by_head(kit: Kit, hidden: Hiding) -> Iterator[Step]:
    """HEAD of both, where what is hidden is read."""
    operation = kit.contract.operations.get(hidden.forbidden.operation or "")
    if operation is None or operation.method != "GET":
        return
    for name, asked in (("head-forbidden", hidden.forbidden), ("head-missing", _missing(hidden))):
        make = once(partial(_head, kit, asked))
        yield Step(name=name, make=make, promise=either("other-method"))


def _head(kit: Kit, asked: Asked) -> Request:
    return replace(_request(kit, asked), method="HEAD")


def _after_a_good_one(kit: Kit, hidden: Hiding) -> tuple[Step, ...]:
    """Who may see it is answered, and then who may not: an answer that is kept must not be given to all."""
    operation = kit.contract.operations.get(hidden.forbidden.operation or "")
    if operation is None or operation.method != "GET":
        return ()
    good = kit.build.good(operation.id, hidden.forbidden.good)
    return kit.good_step("allowed", operation.id, good), replace(_forbidden(kit, hidden), name="forbidden-3")


def _promise(kit: Kit, asked: Asked) -> Promise:
    """A refusal of any code, where the contract knows why: another caller, or another's thing."""
    causes = (_NO_RIGHT, _FOREIGN) if asked.sends_as else (_FOREIGN, _NO_RIGHT)
    cause = next((cause for cause in causes if cause in kit.contract.causes), None)
    return refused(kit.contract, cause) if cause else either(causes[0])


def _missing(hidden: Hiding) -> Asked:
    """What is not there, asked for by the same caller in the same way, save for what is said of it."""
    missing, forbidden = hidden.missing, hidden.forbidden
    operation = missing.operation or (None if missing.path else forbidden.operation)
    good = missing.good or (forbidden.good if operation == forbidden.operation else None)
    return replace(missing, operation=operation, good=good, sends_as=missing.sends_as or forbidden.sends_as)


def _request(kit: Kit, asked: Asked) -> Request:
    if asked.operation is None:
        return kit.build.plain("GET", asked.path or f"{kit.contract.prefix}/no-such-thing", sends_as=asked.sends_as)
    good = kit.build.good(asked.operation, asked.good)
    return kit.build.request(asked.operation, good, kit.build.fill(dict(asked.change)), sends_as=asked.sends_as)
