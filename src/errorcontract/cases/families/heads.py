"""Is HEAD answered without a body?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import either
from errorcontract.model import Case


def cases(kit: Kit) -> Iterator[Case]:
    """HEAD wherever GET is documented, and where nothing is."""
    if kit.contract.http.no_body is None:
        return
    reading = [operation for operation in kit.contract.operations.values() if operation.method == "GET"]
    for rank, operation in enumerate(reading):
        yield kit.single(
            "heads",
            operation.id,
            "HEAD",
            partial(kit.build.request, operation.id, method="HEAD"),
            either("other-method"),
            cause="other-method",
            tells=82 if rank == 0 else 58 - rank,
        )
    yield kit.single(
        "heads",
        None,
        "HEAD",
        partial(kit.build.plain, "HEAD", f"{kit.contract.prefix}/no-such-thing"),
        either("unknown-route"),
        cause="unknown-route",
        tells=60,
    )
