"""Does each situation that only this contract knows get the answer the documents promise?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import rejected
from errorcontract.cases.watched import watched
from errorcontract.model import Case, Cause, Recipe


def cases(kit: Kit) -> Iterator[Case]:
    """One case for each recipe of each cause; those that could cost money with the balance around them."""
    made = list(single(kit))
    for operation in kit.contract.operations.values():
        yield from watched(kit, operation, "recipes", [case for case in made if case.operation == operation.id])


def single(kit: Kit) -> Iterator[Case]:
    """Each recipe by itself."""
    for cause in kit.contract.causes.values():
        told: Counter[str] = Counter()
        for recipe in cause.recipes:
            yield _case(kit, cause, recipe, 72 if told[recipe.operation] else 86)
            told[recipe.operation] += 1


def _case(kit: Kit, cause: Cause, recipe: Recipe, tells: int) -> Case:
    good = kit.build.good(recipe.operation, recipe.good)
    return kit.single(
        "recipes",
        recipe.operation,
        recipe.name,
        lambda: kit.build.request(recipe.operation, good, kit.build.fill(dict(recipe.change))),
        rejected(kit.contract, cause.id),
        cause=cause.id,
        tells=tells,
    )
