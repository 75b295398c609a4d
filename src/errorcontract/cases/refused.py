"""The most telling requests that an operation must refuse, for stories about what a refusal leaves behind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from errorcontract.cases import fields
from errorcontract.cases.build import put
from errorcontract.cases.encode import MULTIPART, URLENCODED
from errorcontract.cases.families import recipes
from errorcontract.cases.kit import Kit
from errorcontract.model import Case, Operation, Outcome, Request, Step


def refused_requests(kit: Kit, operation: Operation, leaving: str | None = None) -> list[tuple[str, Step]]:
    """One for each class of reason, by name, the most telling first; without those that change the place `leaving`."""
    return kit.remembered(("refused", operation.id, leaving), lambda: _refused(kit, operation, leaving))


def single_requests(kit: Kit) -> list[Case]:
    """Every prepared case of one request: the situations that the contract tells of, and the values of fields."""
    return kit.remembered("single", lambda: [*recipes.single(kit), *fields.cases(kit)])


def _refused(kit: Kit, operation: Operation, leaving: str | None) -> list[tuple[str, Step]]:
    made = [case for case in single_requests(kit) if case.operation == operation.id]
    prepared = [case for case in made if leaving is None or not _overlaps(leaving, _changed(case))]
    refused = [case for case in prepared if case.steps[0].promise.outcome is Outcome.REJECTED]
    best = {case.cause: case for case in sorted(refused, key=lambda case: case.tells)}
    ranked = _in_turns(sorted(best.values(), key=lambda case: -case.tells))
    return [(f"{case.cause}, {case.variant}", case.steps[0]) for case in ranked]


def takes_members(operation: Operation, place: str) -> bool:
    """Whether `with_member` can change a place of its requests."""
    return place.startswith("body/") and operation.media_type not in {MULTIPART, URLENCODED}


def with_member(kit: Kit, request: Request, place: str, value: Any) -> Request:
    """The request with another value in the place of a member of its body."""
    parts = {"body": json.loads(request.body or b"{}")}
    put(parts, place, value)
    return replace(request, body=kit.build.json(parts["body"]))


def _changed(case: Case) -> Collection[str]:
    """The places that make a prepared case what it is."""
    changes: Collection[str] = case.notes.get("changes", ())
    return [*changes, str(case.notes["field"])] if "field" in case.notes else changes


def _overlaps(place: str, others: Collection[str]) -> bool:
    """Whether one of the places is the same one, holds it or is a part of it."""
    return any(f"{place}/".startswith(f"{other}/") or other.startswith(f"{place}/") for other in others)


def _in_turns(cases: list[Case]) -> list[Case]:
    """The first case of each cause, then the second of each, and so on: other reasons tell more than other values."""
    turn: Counter[str] = Counter()
    ranks = {}
    for case in cases:
        base = str(case.cause).partition("/")[0]
        ranks[case.id] = turn[base]
        turn[base] += 1
    return sorted(cases, key=lambda case: ranks[case.id])
