"""Does a refused request leave alone what a reading operation shows?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from errorcontract.cases.families import recipes
from errorcontract.cases.front import refused_in_front
from errorcontract.cases.kit import Kit, once, steps
from errorcontract.cases.promises import either
from errorcontract.cases.refused import refused_requests, takes_members, with_member
from errorcontract.model import Answers, Case, Operation, Outcome, Request, Step, Watch

_AT_A_TIME = 6
_FIRST, _OTHERS = 82, 72
_LOOKS = ("quiet", "before", "after")
_SHARED_SECONDS = 0.5  # in which others' doing may show, where the target is not our own


def cases(kit: Kit) -> Iterator[Case]:
    """The most telling refusals of an operation, what it must leave alone read before and after."""
    watching = [operation for operation in kit.contract.operations.values() if operation.watch]
    for rank, operation in enumerate(watching):
        made = [*_together(kit, operation), *_one_by_one(kit, operation)]
        for number, case in enumerate(made):
            yield replace(case, tells=(_FIRST if number == 0 else _OTHERS - 3 * number) - 12 * min(rank, 2))
    for rank, operation in enumerate(kit.referencing()):
        for number, case in enumerate(_looked_up(kit, operation)):
            yield replace(case, tells=(_FIRST if number == 0 else _OTHERS - 3 * number) - 12 * min(rank, 2))
    for rank, operation in enumerate(kit.charging()):
        yield from _in_front(kit, operation, _OTHERS - 12 * min(rank, 2))


def _in_front(kit: Kit, operation: Operation, tells: int) -> Iterator[Case]:
    """What is refused before its fields are looked at, the balance around it; fields have stories of their own."""
    refused = [
        replace(step, name=f"refused-{number}")
        for number, step in enumerate(refused_in_front(kit, operation), 1)
    ]
    before, after = kit.balance_step("balance-before"), kit.balance_step("balance-after")
    if refused and before and after:
        yield kit.story(
            "watched-refusals",
            operation.id,
            "refused in front, and the balance",
            (before, *refused, after),
            about="no-trace",
            independent=True,
            tells=tells,
            alone=True,
        )


def _looked_up(kit: Kit, operation: Operation) -> Iterator[Case]:
    """The refusals of one request, each with a reference of its own that is looked up then; and one never sent."""
    place = str(operation.reference)
    if operation.look_up is None or not takes_members(operation, place):
        return
    nothing = kit.look_up_step(operation, kit.build.reference(operation), either("never sent"))
    asked = [*_with_references(kit, operation, place)]
    for number, start in enumerate(range(0, len(asked), _AT_A_TIME)):
        story = []
        for rank, (refused, found) in enumerate(asked[start : start + _AT_A_TIME], 1):
            story += [replace(refused, name=f"refused-{rank}"), found and replace(found, name=f"found-{rank}")]
        told = steps(nothing and replace(nothing, name="nothing"), *story)
        variant = f"refusals {number + 1}, looked up"
        yield kit.story("watched-refusals", operation.id, variant, told, about="looked-up")


def _with_references(kit: Kit, operation: Operation, place: str) -> Iterator[tuple[Step, Step | None]]:
    """Each refused request with a fresh reference, and the step that looks it up."""
    for _, step in refused_requests(kit, operation, leaving=place):
        reference = kit.build.reference(operation)
        make = partial(_with, kit, step, place, reference)
        yield replace(step, make=make), kit.look_up_step(operation, reference, either("refused"))
    reference = kit.build.reference(operation)
    for step in refused_in_front(kit, operation, {place: reference}):
        yield step, kit.look_up_step(operation, reference, either("refused"))


def _with(kit: Kit, step: Step, place: str, reference: str, answers: Answers) -> Request | None:
    request = step.make(answers)
    return request and with_member(kit, request, place, reference)


def _together(kit: Kit, operation: Operation) -> Iterator[Case]:
    """The refusals of one request, several in a story."""
    if all(_of_a_story(kit, watch) for watch in operation.watch):
        return
    single = [*(step for _, step in refused_requests(kit, operation)), *refused_in_front(kit, operation)]
    for number, start in enumerate(range(0, len(single), _AT_A_TIME)):
        yield _story(kit, operation, f"refusals {number + 1}", (), single[start : start + _AT_A_TIME])


def _one_by_one(kit: Kit, operation: Operation) -> Iterator[Case]:
    for case in _prepared(kit, operation):
        *before, test = case.steps
        yield _story(kit, operation, case.variant, before, [test], case.notes.get("story"), cause=case.cause)


def _prepared(kit: Kit, operation: Operation) -> list[Case]:
    """The recipes that need requests before."""
    several = [case for case in recipes.cases(kit) if case.operation == operation.id and len(case.steps) > 1]
    return [case for case in several if case.about == "single" and case.steps[-1].promise.outcome is Outcome.REJECTED]


def _story(
    kit: Kit,
    operation: Operation,
    variant: str,
    before: Sequence[Step],
    refused: Sequence[Step],
    story: Mapping[str, Any] | None = None,
    **about: Any,
) -> Case:
    named = [replace(step, name=f"refused-{number + 1}") for number, step in enumerate(refused)]
    quiet, first, last = (list(_looks(kit, operation, f"watch-{name}", story or {})) for name in _LOOKS)
    told = (*before, *quiet, *first, *named, *last)
    return kit.story("watched-refusals", operation.id, variant, told, about="watched", alone=True, **about)


def _of_a_story(kit: Kit, watch: Watch) -> bool:
    """Whether what is watched is first made by the requests before, so that it is not there without them."""
    good = kit.build.good(watch.operation, watch.good)
    return "{story_reference}" in json.dumps([good.path, good.query, good.body], default=str)


def _looks(kit: Kit, operation: Operation, name: str, story: Mapping[str, Any]) -> Iterator[Step]:
    """Reads what is watched, which may be what the story made: its names hold here too.

    Two looks come before, so that what moves by itself is known.
    """
    for number, watch in enumerate(operation.watch):
        good = kit.build.good(watch.operation, watch.good)
        make = once(partial(kit.build.request, watch.operation, good, story=story))
        pause = None if kit.local or number or name != "watch-before" else (lambda _: _SHARED_SECONDS)
        yield Step(name=f"{name}-{number + 1}", make=make, promise=either("watched"), pause=pause)
