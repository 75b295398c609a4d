"""Is every operation closed to callers without good credentials?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from errorcontract.cases.build import TOKEN
from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import rejected
from errorcontract.model import Case, Headers, Operation, Promise, Request, Step

_TELLING = ("charge", "write", "read")
_ELSEWHERE = (
    ("Authorization", "Bearer errorcontract"),
    ("X-Api-Key", "errorcontract"),
    ("Cookie", "token=errorcontract"),
)
_CAUTION = 2  # wrong credentials in a row, well below any lock-out


def cases(kit: Kit) -> Iterator[Case]:
    """No credential, an empty one, a wrong one, nearly the right one.

    Wrong ones come from addresses of their own where there are any, else with a good call between, so that
    they never add up to a lock-out.
    """
    if kit.contract.credentials is None:
        return
    every = [operation for operation in kit.contract.operations.values() if operation.secured]
    secured = sorted(every, key=lambda operation: _TELLING.index(operation.effect))
    heads = 0
    for rank, operation in enumerate(secured):
        yield _missing(kit, operation, "no header", (), 86 if rank < 1 else 82 if rank < 3 else 79)
        if rank < 1:
            yield _missing(kit, operation, "empty header", kit.build.credentials(""), 80)
        if operation.method == "GET":
            yield _missing(kit, operation, "HEAD, no header", (), 80 if heads == 0 else 64 - heads, method="HEAD")
            heads += 1
    for number, header in enumerate(_other_headers(kit)):
        yield _missing(kit, secured[0], f"only {header[0]}", (header,), 81 - 8 * number)
    wrong = [(operation, "wrong-key-0000") for operation in secured]
    nearly = [(secured[0], f"{TOKEN}x"), (secured[0], "${ERRORCONTRACT_TOKEN%?}")]
    if kit.cased:
        nearly.append((secured[0], "${ERRORCONTRACT_TOKEN^^}"))
    yield from _wrong(kit, wrong, "unknown", (84, 79))
    yield from _wrong(kit, nearly, "nearly right", (80, 80))


def _other_headers(kit: Kit) -> Iterator[tuple[str, str]]:
    """Headers that hold a credential elsewhere; here they are worth nothing."""
    own = {name.lower() for name, _ in kit.build.credentials()}
    yield from (header for header in _ELSEWHERE if header[0].lower() not in own)


def _missing(
    kit: Kit, operation: Operation, variant: str, headers: Headers, tells: int, method: str | None = None
) -> Case:
    promise = rejected(kit.contract, "missing-credentials")
    source = None
    if headers:  # an empty value, or one in another place, may count as missing or as wrong
        promise, source = _either_cause(kit, promise), kit.address(variant)
    return kit.single(
        "credentials",
        operation.id,
        variant,
        lambda: replace(_with(kit, operation, headers), method=method or operation.method, source=source),
        promise,
        cause="missing-credentials",
        tells=tells,
        about="credentials",
    )


def _either_cause(kit: Kit, promise: Promise) -> Promise:
    other = rejected(kit.contract, "wrong-credentials")
    return replace(promise, codes=promise.codes | other.codes, statuses=promise.statuses | other.statuses)


def _wrong(kit: Kit, tries: list[tuple[Operation, str]], variant: str, tells: tuple[int, int]) -> Iterator[Case]:
    """`tells` are for the first story and for the others."""
    for start in range(0, len(tries), _CAUTION):
        group = tries[start : start + _CAUTION]
        source = kit.address(f"{variant} {start}")
        story = tuple(_wrong_step(kit, number + 1, *tried, source) for number, tried in enumerate(group))
        story = story if source else (*story, _good(kit))
        yield kit.story(
            "credentials",
            group[0][0].id,
            f"{variant} {start // _CAUTION + 1}",
            story,
            independent=True,
            cause="wrong-credentials",
            tells=tells[start > 0],
            alone=True,
            about="credentials",
        )


def _wrong_step(kit: Kit, number: int, operation: Operation, value: str, source: str | None) -> Step:
    headers = kit.build.credentials(value)
    promise = rejected(kit.contract, "wrong-credentials")
    return Step(
        name=f"wrong-{number}",
        make=once(lambda: replace(_with(kit, operation, headers), source=source)),
        promise=promise,
    )


def _good(kit: Kit) -> Step:
    reading = next(operation for operation in kit.contract.operations.values() if operation.effect == "read")
    return kit.good_step("good", reading.id)


def _with(kit: Kit, operation: Operation, headers: Headers) -> Request:
    good = kit.build.request(operation.id)
    own = {name for name, _ in kit.build.credentials()}
    return replace(good, headers=(*headers, *(header for header in good.headers if header[0] not in own)))
