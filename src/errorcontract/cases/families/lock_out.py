"""Are wrong credentials counted, and does the promised number of them shut the caller out?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from errorcontract.cases.kit import Kit, once
from errorcontract.cases.promises import rejected
from errorcontract.model import Case, LockOut, Request, Step

_TELLS = 81


def cases(kit: Kit) -> Iterator[Case]:
    """As many wrong credentials as the contract allows, one more to see whether that was the last, then a good one.

    From an address of its own where possible.
    """
    means = kit.contract.credentials
    lock = means.lock_out if means else None
    if lock is None:
        return
    if lock.provoke == "anywhere" or (lock.provoke == "loopback" and kit.local):
        yield _shut_out(kit, lock)


def _shut_out(kit: Kit, lock: LockOut) -> Case:
    reading = next(operation.id for operation in kit.contract.operations.values() if operation.effect == "read")
    source = kit.address("lock-out")

    def request(value: str | None) -> Request:
        made = kit.build.request(reading)
        rest = made.headers[1:]
        headers = (*kit.build.credentials(value), *rest) if value else made.headers
        return replace(made, headers=headers, source=source)

    wrong = rejected(kit.contract, "wrong-credentials")
    last = replace(wrong, codes=wrong.codes | rejected(kit.contract, lock.cause).codes, statuses=frozenset())
    tries = [
        Step(
            name=f"wrong-{number}",
            make=once(partial(request, f"wrong-key-{number:04}")),
            promise=wrong if number < lock.after else last,
        )
        for number in range(1, lock.after + 2)
    ]
    shut = Step(name="shut-out", make=once(lambda: request(None)), promise=rejected(kit.contract, lock.cause))
    return kit.story(
        "lock-out",
        reading,
        f"{lock.after} wrong in a row",
        (*tries, shut),
        about="lock-out",
        cause=lock.cause,
        tells=_TELLS,
        alone=True,
    )
