"""Are the methods that a 405 lists really taken?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlsplit

from errorcontract.cases.build import UnresolvedError
from errorcontract.cases.families.routes import same_route
from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import either
from errorcontract.model import MISSING, Answers, Case, Exchange, Operation, Request, Step, answer_of, resolve

_TRIED = ("PATCH", "PUT", "DELETE", "POST", "GET")
_SAFE = ("GET", "HEAD", "OPTIONS")
_NOT_ALLOWED = 405
_ASKED = 4
_FIRST, _SECOND, _OTHERS = 82, 64, 52


def cases(kit: Kit) -> Iterator[Case]:
    """For each route a method that is not documented, then methods that the refusal lists.

    What may change something is only asked where the contract documents it, or where the target is on this machine.
    """
    promises = kit.contract.http
    if promises.allow_on_405 is None and promises.allowed_methods is None:
        return
    by_path: dict[str, Operation] = {}
    for operation in kit.contract.operations.values():
        by_path.setdefault(operation.path, operation)
    for rank, operation in enumerate(by_path.values()):
        taken = {one.method: one for one in kit.contract.operations.values() if same_route(one, operation)}
        free = [method for method in _TRIED if method not in taken]
        if free:
            yield _case(kit, operation, free[0], taken, (_FIRST, _SECOND, _OTHERS)[min(rank, 2)])


def _case(kit: Kit, operation: Operation, method: str, taken: dict[str, Operation], tells: int) -> Case:
    refused = Step(name="refused", make=once(partial(_plain, kit, operation, method)), promise=either("wrong-method"))
    listed = [
        Step(name=f"listed-{number + 1}", make=_asking(kit, operation, taken, number), promise=either("other-method"))
        for number in range(_ASKED)
    ]
    return kit.story(
        "methods-allowed",
        operation.id,
        f"{method}, then what is listed",
        (refused, *listed),
        about="methods",
        cause="wrong-method",
        tells=tells,
        alone=True,
    )


def _asking(
    kit: Kit, operation: Operation, taken: dict[str, Operation], number: int
) -> Callable[[Answers], Request | None]:
    def made(answers: Answers) -> Request | None:
        asked = list(_askable(kit, operation, taken, answers.get("refused")))
        return asked[number] if number < len(asked) else None

    return made


def _askable(
    kit: Kit, operation: Operation, taken: dict[str, Operation], refused: Exchange | None
) -> Iterator[Request]:
    """A request for each listed method that may be asked, the undocumented ones first: nothing else asks these."""
    for method in sorted(_listed(kit, refused), key=lambda method: method in taken):
        try:
            if method in taken and taken[method].effect != "charge":
                yield kit.build.request(taken[method].id)
            elif method not in taken and (method in _SAFE or (kit.local and method in _TRIED)):
                yield _plain(kit, operation, method)
        except UnresolvedError:
            continue


def _listed(kit: Kit, refused: Exchange | None) -> list[str]:
    response, told = (refused.response if refused else None), kit.contract.http.allowed_methods
    if refused is None or response is None or response.status != _NOT_ALLOWED:
        return []
    in_body = resolve(answer_of(refused, refused=True), told.pointer) if told else MISSING
    named = [*(response.header("Allow") or "").split(","), *(in_body if isinstance(in_body, list) else [])]
    methods = dict.fromkeys(method.strip().upper() for method in named if isinstance(method, str))
    return [method for method in methods if method and method != refused.request.method]


def _plain(kit: Kit, operation: Operation, method: str) -> Request:
    path = urlsplit(kit.build.request(operation.id).target).path
    body = None if method in {*_SAFE, "DELETE"} else b"{}"
    return kit.build.plain(method, path, body, operation.good[0].sends_as)
