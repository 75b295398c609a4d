"""Does the same bad request always get the same answer?"""

from __future__ import annotations

from collections.abc import Iterator

from errorcontract.cases import fields
from errorcontract.cases.kit import Kit
from errorcontract.model import Case, Outcome, Step

_TIMES = 3


def cases(kit: Kit) -> Iterator[Case]:
    """The most telling bad request of each field, three times."""
    best: dict[tuple[str | None, str], Case] = {}
    for case in sorted(fields.cases(kit), key=lambda case: case.tells):
        if case.steps[0].promise.outcome is Outcome.REJECTED:
            best[case.operation, str(case.notes["field"])] = case
    for rank, case in enumerate(sorted(best.values(), key=lambda case: -case.tells)):
        first = case.steps[0]
        story = tuple(
            Step(name=f"time-{number + 1}", make=first.make, promise=first.promise) for number in range(_TIMES)
        )
        tells = 79 if rank == 0 else 72 - 3 * rank
        yield kit.story("stability", case.operation, case.variant, story, about="stable", cause=case.cause, tells=tells)
