"""Does what is gone for good stay gone?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from errorcontract.cases.families import recipes
from errorcontract.cases.kit import Kit
from errorcontract.model import Case

_GONE = 410


def cases(kit: Kit) -> Iterator[Case]:
    """Each recipe for what is gone, asked again at once, and again after what is there was asked for."""
    if kit.contract.http.gone is None:
        return
    causes = {cause.id for cause in kit.contract.causes.values() if cause.statuses == {_GONE}} | {"gone"}
    gone = [case for case in recipes.cases(kit) if case.cause in causes]
    for rank, case in enumerate(gone):
        *before, test = case.steps
        again = (
            replace(test, name="again-1"),
            kit.good_step("between", str(case.operation)),
            replace(test, name="again-2"),
        )
        yield kit.story(
            "gone",
            case.operation,
            case.variant,
            (*before, test, *again),
            about="gone",
            cause=case.cause,
            tells=81 - 12 * min(rank, 3),
            alone=case.alone,
        )
