"""Does the target refuse in its envelope what is no proper body?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from errorcontract.cases.encode import MULTIPART, URLENCODED
from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import either, rejected
from errorcontract.model import Case, Headers, Operation, Request

_DEEP = 100_000
_LARGE = 2 * 1024 * 1024
_TELLING = 8
"""The first rows, which systems stumble over in ways of their own; the others are more of their kinds."""


@dataclass(frozen=True, slots=True)
class _Body:
    variant: str
    bend: Callable[[bytes], bytes]
    broken: bool = True
    """Whether no reading of it can be a good request; else nothing is promised of the outcome."""
    media_type: str | None = "application/json"


_BODIES = (
    _Body("truncated", lambda good: good[:-2]),
    _Body("array", lambda good: b"[" + good + b"]"),
    _Body("empty", lambda _: b""),
    _Body("number", lambda _: b"5"),
    _Body("encoded twice", lambda good: json.dumps(good.decode()).encode()),
    _Body("two documents", lambda good: good + good),
    _Body("deeply nested", lambda _: b'{"a":' * 50 + b"[" * _DEEP + b"]" * _DEEP + b"}" * 50),
    _Body("large", lambda good: good[:-1] + b" " * _LARGE + b"}", broken=False),
    _Body("not JSON", lambda _: b"<request/>"),
    _Body("null", lambda _: b"null"),
    _Body("text", lambda _: b'"text"'),
    _Body("false", lambda _: b"false"),
    _Body("empty array", lambda _: b"[]"),
    _Body("trailing comma", lambda good: good[:-1] + b",}"),
    _Body("single quotes", lambda good: good.replace(b'"', b"'")),
    _Body("NUL at the end", lambda good: good + b"\0"),
    _Body("not UTF-8", lambda good: good[:-1] + b', "note": "\xff\xfe"}', broken=False),
    _Body("not a number", lambda good: good[:-1] + b', "note": NaN}', broken=False),
    _Body("byte order mark", lambda good: b"\xef\xbb\xbf" + good, broken=False),
    _Body("duplicate keys", lambda good: good[:-1] + b", " + good[1:], broken=False),
    _Body("UTF-16", lambda good: good.decode().encode("utf-16"), broken=False),
    _Body("unknown member", lambda good: good[:-1] + b', "no_such_member": 1}', broken=False),
    _Body("form", lambda _: b"a=1&b=2", media_type="application/x-www-form-urlencoded"),
    _Body("XML", lambda _: b"<a>1</a>", media_type="application/xml"),
    _Body("called text", lambda good: good, broken=False, media_type="text/plain"),
    _Body("called nothing", lambda good: good, broken=False, media_type=None),
    _Body("called XML", lambda good: good, broken=False, media_type="application/xml"),
    _Body("another charset", lambda good: good, broken=False, media_type="application/json; charset=utf-16"),
)


def cases(kit: Kit) -> Iterator[Case]:
    """Every row for every operation with a body. Operations take turns: each row is asked of one of them first."""
    with_body = [operation for operation in kit.contract.operations.values() if _takes_json(operation)]
    for rank, operation in enumerate(with_body):
        for number, body in enumerate(_BODIES):
            yield _case(kit, operation, body, _tells((rank - number) % len(with_body), number))


def _takes_json(operation: Operation) -> bool:
    return operation.good[0].body is not None and operation.media_type not in {MULTIPART, URLENCODED}


def _tells(turn: int, number: int) -> int:
    """Of a row, by how many operations are asked before."""
    if turn == 0:
        return 85 - number // 2 if number < _TELLING else 73 - (number - _TELLING) // 2
    return (72 if number < _TELLING // 2 else 48) - number // 2 - turn


def _case(kit: Kit, operation: Operation, body: _Body, tells: int) -> Case:
    cause = "malformed-body" if body.media_type == "application/json" else "wrong-media-type"
    promise = rejected(kit.contract, cause) if body.broken else either(cause)
    return kit.single(
        "bodies",
        operation.id,
        body.variant,
        lambda: _request(kit, operation, body),
        promise,
        cause=f"{cause}/{body.variant}",
        tells=tells,
    )


def _request(kit: Kit, operation: Operation, body: _Body) -> Request:
    good = kit.build.request(operation.id)
    headers: Headers = tuple(header for header in good.headers if header[0] != "Content-Type")
    if body.media_type:
        headers = (*headers, ("Content-Type", body.media_type))
    raw = body.bend(json.dumps(json.loads(good.body or b"{}")).encode())
    return kit.build.request(operation.id, headers=headers, raw=raw)
