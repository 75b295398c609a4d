"""Is a reference used once, whatever comes with it, and only when its request was accepted?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from errorcontract.cases.kit import Kit, once, steps
from errorcontract.cases.promises import either, rejected
from errorcontract.cases.refused import refused_requests
from errorcontract.cases.tables import amount
from errorcontract.model import Answers, Case, Operation, Request, Step

_LONG = 99
"""Characters of a reference that a system may be tempted to cut off; few refuse that many."""


def cases(kit: Kit) -> Iterator[Case]:
    """The second use (same body, other body, other operation), a refused first use, another text."""
    operations = list(kit.referencing())
    for rank, operation in enumerate(operations):
        yield _duplicate(kit, operation, "same body", {}, 99 - 31 * rank)
        for change in _other_bodies(operation):
            yield _duplicate(kit, operation, "other body", change, 80 - 18 * rank)
        yield from _freed(kit, operation, rank)
        yield from _exact(kit, operation, rank)
        yield from (_across(kit, operation, other, 56) for other in operations if other is not operation)


def _use(kit: Kit, operation: Operation, reference: str, name: str) -> Step:
    return kit.good_step(name, operation.id, change={str(operation.reference): reference})


def _again(kit: Kit, operation: Operation, reference: str, name: str, change: Mapping[str, Any]) -> Step:
    change = {str(operation.reference): reference, **change}
    promise = rejected(kit.contract, "duplicate-reference")
    return Step(name=name, make=once(lambda: kit.build.request(operation.id, change=change)), promise=promise)


def _duplicate(kit: Kit, operation: Operation, variant: str, change: Mapping[str, Any], tells: int) -> Case:
    """First use, second and third, a look at the balance around them, and the look-up.

    With another body, another order between.
    """
    reference = kit.build.names.reference()
    between = kit.good_step("between", operation.id) if change else None
    story = steps(
        _use(kit, operation, reference, "first"),
        between,
        kit.balance_step("balance-before"),
        _again(kit, operation, reference, "second", change),
        None if change else _again(kit, operation, reference, "third", change),
        kit.balance_step("balance-after"),
        kit.look_up_step(operation, reference),
    )
    return kit.story(
        "references",
        operation.id,
        variant,
        story,
        about="duplicate",
        cause="duplicate-reference",
        tells=tells,
        alone=True,
    )


def _other_bodies(operation: Operation) -> Iterator[Mapping[str, Any]]:
    for field in operation.fields:
        bounds = dict(amount.bounds(field)) if field.kind == "amount" else {}
        yield from ({field.place: value} for name, value in bounds.items() if name == "the smallest allowed")


def _across(kit: Kit, operation: Operation, other: Operation, tells: int) -> Case:
    """On another operation nothing is promised but that a refusal costs nothing."""
    reference = kit.build.names.reference()
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
    own = str(operation.reference).rpartition("/")[2]
    others = [(variant, step) for variant, step in refused_requests(kit, operation) if step.promise.field_name != own]
    for number, (variant, step) in enumerate(others):
        reference = kit.build.names.reference()
        refused = Step(name="refused", make=partial(_with, kit, operation, step, reference), promise=step.promise)
        yield kit.story(
            "references",
            operation.id,
            f"after a refusal, {variant}",
            (refused, _use(kit, operation, reference, "corrected")),
            about="freed",
            tells=(82, 82, 82, 66)[min(number, 3)] - 14 * rank - number,
            alone=True,
        )


def _with(kit: Kit, operation: Operation, step: Step, reference: str, answers: Answers) -> Request | None:
    """The step's request with another reference."""
    request = step.make(answers)
    return request and kit.build.with_body(request, str(operation.reference), reference)


def _exact(kit: Kit, operation: Operation, rank: int) -> Iterator[Case]:
    for number, variant in enumerate(("other case", "long", "padded")):
        first, other = _pair(kit.build.names.reference(), variant)
        use = once(partial(kit.build.request, operation.id, change={str(operation.reference): other}))
        story = (
            _use(kit, operation, first, "first"),
            Step(name="other", make=use, promise=either(f"other-reference/{variant}")),
        )
        yield kit.story(
            "references", operation.id, variant, story, about="exact", tells=82 - 14 * rank - 6 * number, alone=True
        )


def _pair(reference: str, variant: str) -> tuple[str, str]:
    """Two references that a careless comparison takes for one."""
    if variant == "other case":
        return reference, reference[:-1] + reference[-1].swapcase()
    if variant == "padded":
        return reference, f"{reference} "
    start = reference.ljust(_LONG - 1, "x")
    return f"{start}1", f"{start}2"
