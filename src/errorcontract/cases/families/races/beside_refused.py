"""One reference in refused requests and in a good one at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from errorcontract.cases.families.races.one_effect import together
from errorcontract.cases.kit import Kit
from errorcontract.cases.refused import refused_requests, takes_members, with_member
from errorcontract.cases.uses import AT_ONCE, DUPLICATE, use
from errorcontract.model import Answers, Case, Operation, Promise, Request, Step

REFUSED = 3
"""How many different refused requests take part."""
_BESIDE = ((1, 74), (2, 47), (4, 45))
"""How often each of the refused ones comes, and what that tells."""


def beside_refused(kit: Kit, operation: Operation, less: int) -> Iterator[Case]:
    """Refused requests and a good one at once with the same reference: the good one has it, or it is still free."""
    place = str(operation.reference)
    refused = [step for _, step in refused_requests(kit, operation, leaving=place)][:REFUSED]
    if not refused or not takes_members(operation, place):
        return
    for times, tells in _BESIDE:
        yield _beside(kit, operation, refused * times, tells - less)


def _beside(kit: Kit, operation: Operation, refused: Sequence[Step], tells: int) -> Case:
    reference = kit.build.reference(operation)
    wrong = [_wrong(kit, operation, step, reference) for step in refused]
    good = use(kit, operation).racing("good", reference)
    corrected = use(kit, operation).racing("corrected", reference)
    return kit.story(
        "races",
        operation.id,
        f"one beside {len(wrong)} refused",
        (*together([*wrong[:1], good, *wrong[1:]]), corrected),
        about="freed-at-once",
        tells=tells,
        alone=True,
    )


def _wrong(kit: Kit, operation: Operation, step: Step, reference: str) -> Step:
    def made(answers: Answers) -> Request | None:
        request = step.make(answers)
        return request and with_member(kit, request, str(operation.reference), reference)

    return Step(name="refused", make=made, promise=_or_used(kit, step.promise))


def _or_used(kit: Kit, promise: Promise) -> Promise:
    """Refused for its own cause, or as the good request has the reference already: nobody says what comes first."""
    causes = [kit.contract.causes[name].codes for name in (DUPLICATE, AT_ONCE) if name in kit.contract.causes]
    told = all(causes) and promise.codes
    return replace(promise, codes=promise.codes.union(*causes) if told else frozenset(), statuses=frozenset())
