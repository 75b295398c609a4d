"""Is a reference used once, whatever comes with it, and only when its request was accepted?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from errorcontract.cases.encode import MULTIPART, URLENCODED
from errorcontract.cases.kit import Kit, once, steps
from errorcontract.cases.promises import either, rejected
from errorcontract.cases.refused import refused_requests, with_member
from errorcontract.cases.tables import amount
from errorcontract.model import Answers, Case, Good, Operation, Request, Step

_LONG = 99
"""Characters of a reference that a system may be tempted to cut off. It may refuse them, too."""


def cases(kit: Kit) -> Iterator[Case]:
    """The second use (same body, other body, other operation), a refused first use, another text."""
    operations = list(kit.referencing())
    for rank, operation in enumerate(operations):
        yield _duplicate(kit, operation, rank)
        yield from _freed(kit, operation, rank)
        if operation.reference_exact:
            yield from _exact(kit, operation, rank)
        yield from (_across(kit, operation, other, 56) for other in operations if other is not operation)


def _use(kit: Kit, operation: Operation, reference: str, name: str) -> Step:
    return kit.good_step(name, operation.id, change={str(operation.reference): reference})


def _again(
    kit: Kit, operation: Operation, reference: str, name: str, good: Good, change: Mapping[str, Any] | None = None
) -> Step:
    change = {str(operation.reference): reference, **(change or {})}
    promise = rejected(kit.contract, "duplicate-reference")
    return Step(name=name, make=once(lambda: kit.build.request(operation.id, good, change)), promise=promise)


def _duplicate(kit: Kit, operation: Operation, rank: int) -> Case:
    """First use, another order, second and third use, the third with another body; the balance, and the look-up."""
    reference, first = kit.build.reference(operation), operation.good[0]
    other, change = _other_body(operation)
    story = steps(
        _use(kit, operation, reference, "first"),
        kit.good_step("between", operation.id),
        kit.balance_step("balance-before"),
        _again(kit, operation, reference, "second", first),
        _again(kit, operation, reference, "third", other, change),
        kit.balance_step("balance-after"),
        kit.look_up_step(operation, reference),
    )
    return kit.story(
        "references",
        operation.id,
        "same body, then another" if change or other is not first else "same body",
        story,
        about="duplicate",
        cause="duplicate-reference",
        tells=99 - 25 * rank,
        alone=True,
    )


def _other_body(operation: Operation) -> tuple[Good, Mapping[str, Any]]:
    """A good request with another body: another amount, or else another good request of the same caller."""
    first, *others = operation.good
    for field in operation.fields:
        bounds = dict(amount.bounds(field)) if field.kind == "amount" else {}
        if "the smallest allowed" in bounds:
            return first, {field.place: bounds["the smallest allowed"]}
    return next((good for good in others if good.sends_as == first.sends_as), first), {}


def _across(kit: Kit, operation: Operation, other: Operation, tells: int) -> Case:
    """On another operation nothing is promised but that a refusal costs nothing."""
    reference = kit.build.reference(operation)
    request = once(lambda: kit.build.request(other.id, change={str(other.reference): reference}))
    story = steps(
        _use(kit, operation, reference, "first"),
        kit.balance_step("balance-before"),
        Step(name="second", make=request, promise=either("reference-of-another-operation")),
        kit.balance_step("balance-after"),
    )
    return kit.story(
        "references",
        other.id,
        f"used on {operation.id}",
        story,
        about="no-trace",
        cause="reference-of-another-operation",
        tells=tells,
        alone=True,
    )


def _freed(kit: Kit, operation: Operation, rank: int) -> Iterator[Case]:
    """A request refused for each class of reason, then the corrected one with the same reference."""
    place = str(operation.reference)
    if not place.startswith("body/") or operation.media_type in {MULTIPART, URLENCODED}:
        return
    for number, (variant, step) in enumerate(refused_requests(kit, operation, leaving=place)):
        reference = kit.build.reference(operation)
        refused = Step(name="refused", make=partial(_with, kit, operation, step, reference), promise=step.promise)
        yield kit.story(
            "references",
            operation.id,
            f"after a refusal, {variant}",
            (refused, _use(kit, operation, reference, "corrected")),
            about="freed",
            tells=(82, 81, 74, 72, 70, 68, 56)[min(number, 6)] - 14 * rank - number // 6,
            alone=True,
        )


def _with(kit: Kit, operation: Operation, step: Step, reference: str, answers: Answers) -> Request | None:
    """The step's request with another reference."""
    request = step.make(answers)
    return request and with_member(kit, request, str(operation.reference), reference)


def _exact(kit: Kit, operation: Operation, rank: int) -> Iterator[Case]:
    """One reference and its likes; then two long ones that differ at their ends."""
    bare, start = kit.build.names.reference(), kit.build.names.reference().ljust(_LONG - 1, "x")
    first, cased = (kit.build.reference(operation, text) for text in (bare, bare[:-1] + bare[-1].swapcase()))
    long, longer = (kit.build.reference(operation, f"{start}{end}") for end in (1, 2))
    alike = {"other case": cased, "padded": f"{first} "}
    others = [_other(kit, operation, variant, reference) for variant, reference in alike.items()]
    yield _exact_story(kit, operation, "other case and padded", (_use(kit, operation, first, "first"), *others), rank)
    # how long a reference may be, nobody says
    before = replace(_use(kit, operation, long, "first"), promise=either("long-reference"))
    yield _exact_story(kit, operation, "long", (before, _other(kit, operation, "long", longer)), rank)


def _exact_story(kit: Kit, operation: Operation, variant: str, story: tuple[Step, ...], rank: int) -> Case:
    tells = (79 if variant == "long" else 82) - 14 * rank
    return kit.story("references", operation.id, variant, story, about="exact", tells=tells, alone=True)


def _other(kit: Kit, operation: Operation, variant: str, reference: str) -> Step:
    use = once(partial(kit.build.request, operation.id, change={str(operation.reference): reference}))
    return Step(name=variant, make=use, promise=either(f"other-reference/{variant}"))
