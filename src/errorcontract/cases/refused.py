"""The most telling requests that an operation must refuse, for stories about what a refusal leaves behind."""

from __future__ import annotations

from errorcontract.cases import fields
from errorcontract.cases.families import recipes
from errorcontract.cases.kit import Kit
from errorcontract.model import Operation, Outcome, Step


def refused_requests(kit: Kit, operation: Operation) -> list[tuple[str, Step]]:
    """One for each class of reason, by name, the most telling first."""
    prepared = [case for case in (*recipes.single(kit), *fields.cases(kit)) if case.operation == operation.id]
    refused = [case for case in prepared if case.steps[0].promise.outcome is Outcome.REJECTED]
    best = {case.cause: case for case in sorted(refused, key=lambda case: case.tells)}
    ranked = sorted(best.values(), key=lambda case: -case.tells)
    return [(f"{case.cause}, {case.variant}", case.steps[0]) for case in ranked]
