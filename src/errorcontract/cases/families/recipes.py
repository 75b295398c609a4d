"""Does each situation that only this contract knows get the answer the documents promise?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from errorcontract.cases.build import UnresolvedError
from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import accepted, rejected
from errorcontract.cases.watched import watched
from errorcontract.model import (
    MISSING,
    Answers,
    Before,
    Case,
    Cause,
    Good,
    Operation,
    Outcome,
    Promise,
    Recipe,
    Request,
    Step,
    answer_of,
    expanded,
    resolve,
)

_FIRST = 86


def cases(kit: Kit) -> Iterator[Case]:
    """One case for each recipe of each cause; those that could cost money with the balance around them."""
    made = list(_all(kit))
    for operation in kit.contract.operations.values():
        of_operation = [case for case in made if case.operation == operation.id]
        alone = [case for case in of_operation if len(case.steps) == 1]
        yield from watched(kit, operation, "recipes", alone)
        yield from (case for case in of_operation if len(case.steps) > 1)


def single(kit: Kit) -> Iterator[Case]:
    """Each recipe of one request by itself."""
    return (case for case in _all(kit) if len(case.steps) == 1)


def _all(kit: Kit) -> Iterator[Case]:
    told: Counter[str] = Counter()
    for cause in kit.contract.causes.values():
        for recipe in cause.recipes:
            if kit.local or not recipe.loopback_only:
                here = f"{cause.id} {recipe.operation}"
                yield _case(kit, cause, recipe, _FIRST - 6 * min(told[cause.id], 2) - 5 * (told[here] > 0))
                told[cause.id] += 1
                told[here] += 1


def _case(kit: Kit, cause: Cause, recipe: Recipe, tells: int) -> Case:
    good = kit.build.good(recipe.operation, recipe.good)
    story = {"story_reference": kit.build.names.reference()}
    test = Step(
        name="test",
        make=_made(kit, recipe.before, story, lambda known: _request(kit, recipe, good, known)),
        promise=_promise(kit, cause, recipe, good),
    )
    return kit.story(
        "recipes",
        recipe.operation,
        recipe.name,
        (*_before(kit, recipe, story), test),
        cause=cause.id,
        tells=tells if recipe.tells is None else recipe.tells,
        alone=bool(recipe.before),
        notes={"story": story, "changes": ("body",) if recipe.raw is not None else tuple(recipe.change)},
    )


def _request(kit: Kit, recipe: Recipe, good: Good, story: Mapping[str, Any]) -> Request:
    change = expanded(kit.build.fill(dict(recipe.change), story))
    request = kit.build.request(
        recipe.operation,
        good,
        change,
        raw=None if recipe.raw is None else recipe.raw.encode(),
        method=recipe.method,
        sends_as=recipe.sends_as,
        story=story,
    )
    own = {name.lower() for name in recipe.headers}
    kept = tuple(header for header in request.headers if header[0].lower() not in own)
    return replace(request, headers=(*kept, *recipe.headers.items()))


def _promise(kit: Kit, cause: Cause, recipe: Recipe, good: Good) -> Promise:
    if recipe.accepted:
        return replace(accepted(kit.build, good), basis=cause.basis, cause=f"good request/{recipe.name}", answers={})
    promise = rejected(kit.contract, cause.id)
    if recipe.violates:
        return replace(promise, field_names=recipe.violates)
    places = [place for place in recipe.change if place.startswith(("body/", "query/"))]
    known = {field.place: field for field in kit.contract.operations[recipe.operation].fields}
    named = len(recipe.change) == 1 and places and places[0] in known and cause.id not in _OF_NO_FIELD
    if not named or not kit.contract.errors.violations:
        return promise
    return replace(promise, field_name=known[places[0]].name, field_names=(places[0],))


_OF_NO_FIELD = {"insufficient-permission", "foreign-resource", "gone", "unknown-resource"}


def _before(kit: Kit, recipe: Recipe, story: Mapping[str, Any]) -> Iterator[Step]:
    for number, before in enumerate(recipe.before):
        good = kit.build.good(before.operation, before.good)
        promise = replace(accepted(kit.build, good), answers={}, cost=None)
        if before.expected == "any":
            promise = replace(promise, outcome=Outcome.EITHER, cause=None, statuses=frozenset(), shape=None)
        for time in range(before.times):
            name = before.name if time == 0 else f"{before.name}-{time + 1}"
            make = _made(kit, recipe.before[:number], story, _sender(kit, before, good))
            yield Step(name=name, make=make, promise=promise)


def _sender(kit: Kit, before: Before, good: Good) -> Callable[[Mapping[str, Any]], Request]:
    def sent(known: Mapping[str, Any]) -> Request:
        change = expanded(kit.build.fill(dict(before.change), known))
        return kit.build.request(before.operation, good, change, sends_as=before.sends_as, story=known)

    return sent


def _made(
    kit: Kit, before: tuple[Before, ...], story: Mapping[str, Any], make: Callable[[Mapping[str, Any]], Request]
) -> Callable[[Answers], Request | None]:
    """A step's maker that knows what the steps before returned; it ends the case where a value is missing."""

    def made(answers: Answers) -> Request | None:
        returned = {
            name: value
            for one in before
            for name, value in _returned(kit.contract.operations[one.operation], one.name, answers)
        }
        try:
            return make({**story, **returned})
        except UnresolvedError:
            return None

    return made


def _returned(operation: Operation, name: str, answers: Answers) -> Iterator[tuple[str, Any]]:
    answer = answer_of(answers[name], refused=True) if name in answers else None
    for value, pointer in operation.returns.items():
        found = resolve(answer, pointer)
        if found not in (None, MISSING):
            yield f"{name}.{value}", found
