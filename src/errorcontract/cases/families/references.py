"""Is a reference used once, whatever comes with it, and only when its request was accepted?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errorcontract.cases.kit import Kit, once, steps
from errorcontract.cases.promises import either, rejected
from errorcontract.cases.tables import amount
from errorcontract.model import Case, Operation, Step


def cases(kit: Kit) -> Iterator[Case]:
    """The second use (same body, other body, other operation), a refused first use, another case or padding."""
    operations = list(kit.referencing())
    for rank, operation in enumerate(operations):
        yield _duplicate(kit, operation, "same body", {}, 99 - 12 * rank)
        for change in _other_bodies(kit, operation):
            yield _duplicate(kit, operation, "other body", change, 79 - 12 * rank)
        yield from _freed(kit, operation, rank)
        yield from _exact(kit, operation, rank)
        yield from (_across(kit, operation, other, 56) for other in operations if other is not operation)


def _use(kit: Kit, operation: Operation, reference: str, name: str, change: dict[str, Any]) -> Step:
    return kit.good_step(name, operation.id, change={str(operation.reference): reference, **change})


def _second(kit: Kit, operation: Operation, reference: str, change: dict[str, Any]) -> Step:
    change = {str(operation.reference): reference, **change}
    promise = rejected(kit.contract, "duplicate-reference")
    return Step(name="second", make=once(lambda: kit.build.request(operation.id, change=change)), promise=promise)


def _duplicate(kit: Kit, operation: Operation, variant: str, change: dict[str, Any], tells: int) -> Case:
    reference = kit.build.names.reference()
    story = steps(
        _use(kit, operation, reference, "first", {}),
        kit.balance_step("balance-before"),
        _second(kit, operation, reference, change),
        kit.balance_step("balance-after"),
        kit.look_up_step(operation, reference),
    )
    return kit.story(
        "references", operation.id, variant, story, about="duplicate", cause="duplicate-reference", tells=tells, alone=True,
        notes={"reference": reference},
    )


def _other_bodies(kit: Kit, operation: Operation) -> Iterator[dict[str, Any]]:
    for field in operation.fields:
        if field.kind == "amount" and field.minimum is not None:
            yield {field.place: dict(amount.bounds(field))["the smallest allowed"]}


def _across(kit: Kit, operation: Operation, other: Operation, tells: int) -> Case:
    """On another operation nothing is promised but that a refusal costs nothing."""
    reference = kit.build.names.reference()
    request = once(lambda: kit.build.request(other.id, change={str(other.reference): reference}))
    story = steps(
        _use(kit, operation, reference, "first", {}),
        kit.balance_step("balance-before"),
        Step(name="second", make=request, promise=either("reference-of-another-operation")),
        kit.balance_step("balance-after"),
    )
    return kit.story(
        "references", other.id, f"used on {operation.id}", story, about="no-trace", cause="reference-of-another-operation",
        tells=tells, alone=True,
    )


def _freed(kit: Kit, operation: Operation, rank: int) -> Iterator[Case]:
    spoilt = [field for field in operation.fields if field.required and field.where == "body" and field.kind in {"phone", "amount"}]
    for number, field in enumerate(spoilt):
        reference, bad = kit.build.names.reference(), {field.place: -1 if field.kind == "amount" else "0"}
        change = {str(operation.reference): reference, **bad}
        promise = rejected(kit.contract, field.cause, field=field)
        refused = Step(name="refused", make=once(lambda c=change: kit.build.request(operation.id, change=c)), promise=promise)
        yield kit.story(
            "references", operation.id, f"refused for its {field.name} first",
            (refused, _use(kit, operation, reference, "corrected", {})), about="freed", tells=83 - 12 * rank - 6 * number, alone=True,
        )


def _exact(kit: Kit, operation: Operation, rank: int) -> Iterator[Case]:
    for variant, twist in (("other case", str.swapcase), ("padded", lambda text: f"{text} ")):
        reference = kit.build.names.reference()
        other = reference[:-1] + twist(reference[-1])
        use = once(lambda other=other: kit.build.request(operation.id, change={str(operation.reference): other}))
        promise = either(f"other-reference/{variant}")
        story = (_use(kit, operation, reference, "first", {}), Step(name="other", make=use, promise=promise))
        yield kit.story("references", operation.id, variant, story, about="exact", tells=78 - 12 * rank - (20 if variant == "padded" else 0), alone=True)
