"""Is a reference used once, whatever comes with it, and only when its request was accepted?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from errorcontract.cases.kit import Kit, steps
from errorcontract.cases.promises import either
from errorcontract.cases.refused import refused_requests, takes_members, with_member
from errorcontract.cases.uses import DUPLICATE, other_use, same_use, use
from errorcontract.model import Answers, Case, Operation, Request, Step

_ELSEWHERE = "reference-of-another-operation"
_REASONS = 4
_EITHER = "refused-or-used"
"""Of two reasons to refuse a request, either may come first."""
_LATER = 1.5
"""Seconds."""
_LONG = 99
"""Characters of a reference that a system may be tempted to cut off. It may refuse them, too."""
_BASE = "caf\u00e9-10"
_LIKES = {
    "composed otherwise": "cafe\u0301-10",
    "full width": "caf\u00e9-\uff11\uff10",
    "zero width": "caf\u00e9-\u200b10",
    "without its accent": "cafe-10",
}
"""Texts that look like the base and are others, by what makes them so."""
_TELLS = {"other case and padded": 82, "long": 79, "forms of one text": 75}


def cases(kit: Kit) -> Iterator[Case]:
    """The second use (same body, other body, other operation), a refused first use, another text."""
    operations = list(kit.referencing())
    for rank, operation in enumerate(operations):
        yield _duplicate(kit, operation, rank)
        yield _after_a_while(kit, operation, rank)
        yield from _still_used(kit, operation, rank)
        yield from _freed(kit, operation, rank)
        if operation.reference_exact:
            yield from _exact(kit, operation, rank)
        yield from (_across(kit, operation, other, 56) for other in operations if other is not operation)


def _duplicate(kit: Kit, operation: Operation, rank: int) -> Case:
    """First use, another order, further uses: the same, with another body, written otherwise; balance and look-up."""
    reference, same, other = kit.build.reference(operation), use(kit, operation), other_use(kit, operation)
    alike = same_use(kit, operation)
    story = steps(
        same.first("first", reference),
        kit.good_step("between", operation.id),
        kit.balance_step("balance-before"),
        same.again("second", reference),
        (other or same).again("third", reference),
        alike.again("fourth", reference) if alike else None,
        kit.balance_step("balance-after"),
        kit.look_up_step(operation, reference),
    )
    return kit.story(
        "references",
        operation.id,
        "same body, then another" if other else "same body",
        story,
        about="duplicate",
        cause=DUPLICATE,
        tells=99 - 25 * rank,
        alone=True,
    )


def _after_a_while(kit: Kit, operation: Operation, rank: int) -> Case:
    """The second use when what is kept for a moment only is forgotten."""
    reference, same = kit.build.reference(operation), use(kit, operation)
    second = replace(same.again("second", reference), pause=lambda _: _LATER)
    return kit.story(
        "references",
        operation.id,
        "after a while",
        (same.first("first", reference), second),
        about="duplicate",
        cause=DUPLICATE,
        tells=70 - 14 * rank,
        alone=True,
        patient=True,
    )


def _still_used(kit: Kit, operation: Operation, rank: int) -> Iterator[Case]:
    """The second use after requests with the reference that were refused for other reasons."""
    place = str(operation.reference)
    refused = refused_requests(kit, operation, leaving=place)[:_REASONS]
    if not refused or not takes_members(operation, place):
        return
    reference, same = kit.build.reference(operation), use(kit, operation)
    between = [
        Step(name=f"refused-{number}", make=partial(_with, kit, operation, step, reference), promise=either(_EITHER))
        for number, (_, step) in enumerate(refused, 1)
    ]
    yield kit.story(
        "references",
        operation.id,
        "after refusals",
        (same.first("first", reference), *between, same.again("second", reference)),
        about="duplicate",
        cause=DUPLICATE,
        tells=69 - 14 * rank,
        alone=True,
    )


def _across(kit: Kit, operation: Operation, other: Operation, tells: int) -> Case:
    """On another operation nothing is promised but that a refusal costs nothing, unless they share their references."""
    reference, second = kit.build.reference(operation), use(kit, other)
    shared = operation.reference_space is not None and operation.reference_space == other.reference_space
    story = steps(
        use(kit, operation).first("first", reference),
        kit.balance_step("balance-before"),
        second.again("second", reference) if shared else second.open("second", reference, _ELSEWHERE),
        kit.balance_step("balance-after"),
    )
    return kit.story(
        "references",
        other.id,
        f"used on {operation.id}",
        story,
        about="duplicate" if shared else "no-trace",
        cause=DUPLICATE if shared else _ELSEWHERE,
        tells=tells,
        alone=True,
    )


def _freed(kit: Kit, operation: Operation, rank: int) -> Iterator[Case]:
    """A request refused for each class of reason, then the corrected one with the same reference."""
    place = str(operation.reference)
    if not takes_members(operation, place):
        return
    for number, (variant, step) in enumerate(refused_requests(kit, operation, leaving=place)):
        reference = kit.build.reference(operation)
        refused = Step(name="refused", make=partial(_with, kit, operation, step, reference), promise=step.promise)
        yield kit.story(
            "references",
            operation.id,
            f"after a refusal, {variant}",
            (refused, use(kit, operation).first("corrected", reference)),
            about="freed",
            tells=(82, 81, 74, 72, 70, 68, 56)[min(number, 6)] - 14 * rank - number // 6,
            alone=True,
        )


def _with(kit: Kit, operation: Operation, step: Step, reference: str, answers: Answers) -> Request | None:
    """The step's request with another reference."""
    request = step.make(answers)
    return request and with_member(kit, request, str(operation.reference), reference)


def _exact(kit: Kit, operation: Operation, rank: int) -> Iterator[Case]:
    """One reference and its likes; two long ones that differ at their ends; forms of one text."""
    bare, start = kit.build.names.reference(), kit.build.names.reference().ljust(_LONG - 1, "x")
    plain, cased = (kit.build.reference(operation, text) for text in (bare, bare[:-1] + bare[-1].swapcase()))
    first, alike = use(kit, operation).first("first", plain), {"other case": cased, "padded": f"{plain} "}
    yield _exact_story(kit, operation, "other case and padded", (first, *_others(kit, operation, alike)), rank)
    # how long a reference may be, or which letters it may hold, nobody says
    long, longer = (kit.build.reference(operation, f"{start}{end}") for end in (1, 2))
    before = use(kit, operation).open("first", long, "long-reference")
    yield _exact_story(kit, operation, "long", (before, *_others(kit, operation, {"long": longer})), rank)
    lead = kit.build.names.reference()
    accented = use(kit, operation).open("first", kit.build.reference(operation, f"{lead}-{_BASE}"), "other-letters")
    forms = {variant: kit.build.reference(operation, f"{lead}-{text}") for variant, text in _LIKES.items()}
    yield _exact_story(kit, operation, "forms of one text", (accented, *_others(kit, operation, forms)), rank)


def _exact_story(kit: Kit, operation: Operation, variant: str, story: tuple[Step, ...], rank: int) -> Case:
    tells = _TELLS[variant] - 14 * rank
    return kit.story("references", operation.id, variant, story, about="exact", tells=tells, alone=True)


def _others(kit: Kit, operation: Operation, references: dict[str, str]) -> Iterator[Step]:
    for variant, reference in references.items():
        yield use(kit, operation).open(variant, reference, f"other-reference/{variant}")
