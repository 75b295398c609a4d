"""Do unknown routes and wrong methods answer in the house envelope too?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import either, rejected
from errorcontract.model import Case, Operation, Promise, Request

_METHODS = ("POST", "PUT", "DELETE", "PATCH", "GET")
_EARLY = (84, 82, 81, 70)
"""The first operations are asked with one method each, every time another."""


def cases(kit: Kit) -> Iterator[Case]:
    """Unknown paths below and beside the documented ones, each documented path with an undocumented method."""
    for rank, (variant, method, path) in enumerate(_unknown(kit)):
        yield kit.single(
            "routes",
            None,
            variant,
            partial(kit.build.plain, method, path, _body(method)),
            rejected(kit.contract, "unknown-route"),
            cause="unknown-route",
            tells=90 - 10 * rank,
        )
    asked: Counter[str] = Counter()
    for rank, operation in enumerate(kit.contract.operations.values()):
        yield from _wrong_methods(kit, operation, rank, asked)


def _unknown(kit: Kit) -> Iterator[tuple[str, str, str]]:
    prefix, first = kit.contract.prefix, next(iter(kit.contract.operations.values())).path
    yield "below the prefix", "GET", f"{prefix}/no-such-thing"
    yield "with a body", "POST", f"{prefix}/no-such-thing"
    yield "below an operation", "GET", f"{_static(first)}/no/such/thing"
    yield "deleting", "DELETE", f"{prefix}/no-such-thing"
    yield "with a query", "GET", f"{prefix}/no-such-thing?a=1&b=%00"
    yield "not ASCII", "GET", f"{prefix}/%D9%84%D8%A7-%D8%B4%D9%8A%D8%A1"
    yield "not UTF-8", "GET", f"{prefix}/%ff%fe"


def _static(path: str) -> str:
    return path.partition("/{")[0]


def _wrong_methods(kit: Kit, operation: Operation, rank: int, asked: Counter[str]) -> Iterator[Case]:
    """The method first that the fewest operations were asked with first."""
    taken = {other.method for other in kit.contract.operations.values() if same_route(other, operation)}
    free = sorted((method for method in _METHODS if method not in taken), key=lambda method: asked[method])
    asked.update(free[:1])
    for number, method in enumerate(free):
        yield kit.single(
            "routes",
            operation.id,
            f"{method} instead of {operation.method}",
            partial(_undocumented, kit, operation, method),
            _promise(kit),
            cause="wrong-method",
            tells=_EARLY[rank] if number == 0 and rank < len(_EARLY) else 50 - 6 * number,
        )
    for method in ("HEAD", "OPTIONS"):
        yield kit.single(
            "routes",
            operation.id,
            method,
            partial(_undocumented, kit, operation, method),
            either("other-method"),
            cause="other-method",
            tells=45 if rank < 2 else 25,
        )


def _promise(kit: Kit) -> Promise:
    """A refusal where the contract says with which status."""
    cause = kit.contract.causes.get("wrong-method")
    return rejected(kit.contract, cause.id) if cause and cause.statuses else either("wrong-method")


def same_route(one: Operation, other: Operation) -> bool:
    """Whether one path could be the other: a parameter stands for any part."""
    mine, theirs = one.path.split("/"), other.path.split("/")
    return len(mine) == len(theirs) and all(a == b or "{" in a or "{" in b for a, b in zip(mine, theirs, strict=True))


def _undocumented(kit: Kit, operation: Operation, method: str) -> Request:
    return kit.build.plain(method, _path(kit, operation), _body(method))


def _path(kit: Kit, operation: Operation) -> str:
    return urlsplit(kit.build.request(operation.id).target).path


def _body(method: str) -> bytes | None:
    return None if method in {"GET", "HEAD", "OPTIONS", "DELETE"} else b"{}"
