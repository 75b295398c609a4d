"""Does what is gone for good stay gone?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from errorcontract.cases.build import UnresolvedError
from errorcontract.cases.families import recipes
from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import either
from errorcontract.model import Answers, Case, Operation, Request, Step

_GONE = 410
_LATER = 1.5  # seconds in which what is kept for a moment only is forgotten
_CHANGING = {"PUT", "PATCH", "DELETE"}


def cases(kit: Kit) -> Iterator[Case]:
    """Each recipe for what is gone, asked again.

    At once, after what is there was asked for, by HEAD, after attempts to make it anew, and later.
    """
    if kit.contract.http.gone is None:
        return
    causes = {cause.id for cause in kit.contract.causes.values() if _GONE in cause.statuses} | {"gone"}
    gone = [case for case in recipes.cases(kit) if case.cause in causes]
    for rank, case in enumerate(gone):
        yield kit.story(
            "gone",
            case.operation,
            case.variant,
            (*case.steps, *_again(kit, kit.contract.operations[str(case.operation)], case.steps[-1])),
            about="gone",
            cause=case.cause,
            tells=81 - 12 * min(rank, 3),
            alone=True,
            patient=True,
        )


def _again(kit: Kit, operation: Operation, test: Step) -> Iterator[Step]:
    yield replace(test, name="again-1")
    yield kit.good_step("between", operation.id)
    yield replace(test, name="again-2")
    if operation.method == "GET":
        head = _at(test, lambda asked: replace(asked, method="HEAD"))
        yield Step(name="head", make=head, promise=either("other-method"))
    for number, make in enumerate(_attempts(kit, operation, test), 1):
        yield Step(name=f"attempt-{number}", make=make, promise=either("attempt to make it anew"))
    yield replace(test, name="again-3")
    yield replace(test, name="again-4", pause=lambda _: _LATER)


def _at(test: Step, change: Callable[[Request], Request]) -> Callable[[Answers], Request | None]:
    """The request for what is gone, changed."""

    def made(answers: Answers) -> Request | None:
        asked = test.make(answers)
        try:
            return asked and change(asked)
        except UnresolvedError:
            return None

    return made


def _attempts(kit: Kit, operation: Operation, test: Step) -> Iterator[Callable[[Answers], Request | None]]:
    """What is documented to change the thing or to make one; on this machine also a PUT that nobody documents."""
    others = [one for one in kit.contract.operations.values() if one.effect == "write"]
    above = operation.path.rpartition("/")[0]
    changing = [one for one in others if one.path == operation.path and one.method in _CHANGING]
    yield from (_at(test, partial(_there, kit, one)) for one in changing)
    yield from (_at(test, partial(_anew, kit, one)) for one in others if one.path == above and one.method == "POST")
    if kit.local and all(one.method != "PUT" for one in changing):
        yield _at(test, lambda asked: kit.build.plain("PUT", asked.target, b"{}"))


def _there(kit: Kit, operation: Operation, asked: Request) -> Request:
    return replace(kit.build.request(operation.id), target=asked.target)


def _anew(kit: Kit, operation: Operation, _: Request) -> Request:
    return kit.build.request(operation.id)
