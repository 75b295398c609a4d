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
    """What is forbidden, twice, and what is not there."""
    for rank, hidden in enumerate(kit.contract.hiding):
        promise = _promise(kit, hidden.forbidden)
        forbidden = Step(name="forbidden-1", make=once(partial(_request, kit, hidden.forbidden)), promise=promise)
        missing = Step(
            name="missing", make=once(partial(_request, kit, _missing(hidden))), promise=either("missing thing")
        )
        yield kit.story(
            "hiding",
            hidden.forbidden.operation,
            hidden.name,
            (forbidden, replace(forbidden, name="forbidden-2"), missing),
            about="hiding",
            cause="forbidden",
            tells=83 - 8 * min(rank, 3),
        )


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
