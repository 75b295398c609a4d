"""What the rules about shapes share: the answer as their schemas see it, and one judgement for each shape."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from errorcontract.model import Breach, Outcome, Shape
from errorcontract.rules.evidence import Evidence
from errorcontract.rules.moment import clocks
from errorcontract.rules.reading import MISSING, Reading
from errorcontract.rules.rule import KEPT, Judgement

_UNSURE = ("/combined", "/recorded")  # causes beside which there may be others


def judge_of(rule: str) -> Callable[[Evidence], Judgement]:
    """The judgement of a rule that is all said by the contract's shapes for it."""

    def judge(evidence: Evidence) -> Judgement:
        """Breach for each answer that a shape concerns and refuses."""
        if not evidence.shapes.of(rule):
            return
        for reading in evidence.answered:
            if not reading.has_content or reading.json is MISSING:
                continue
            for shape, wrong in evidence.shapes.problems(rule, _answer(reading), clocks(reading)):
                yield KEPT if wrong is None else _breach(evidence, reading, shape, wrong)

    return judge


def _answer(reading: Reading) -> dict[str, Any]:
    return {
        "status": reading.status,
        "operation": reading.operation,
        "cause": _cause(reading),
        "code": reading.code,
        "headers": {name.lower(): value for name, value in reversed(reading.headers)},
        "body": reading.json,
    }


def _cause(reading: Reading) -> str | None:
    """Why the request was refused; None where that is not known."""
    promise = reading.step.promise
    if promise.outcome is not Outcome.REJECTED or promise.cause is None or promise.cause.endswith(_UNSURE):
        return None
    if promise.codes and reading.code not in promise.codes:
        return None
    if not promise.codes and reading.passing and reading.status not in promise.statuses:
        return None
    return promise.cause.partition("/")[0]


def _breach(evidence: Evidence, reading: Reading, shape: Shape, wrong: str) -> Breach:
    return evidence.breach(
        reading,
        shape.title,
        wrong[:300],
        f"an answer with {reading.told()} breaks: {shape.title}",
        shape.basis,
        cause=_slug(shape.title),
        operation=reading.operation if _speaks_of_operations(shape) else None,
    )


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _speaks_of_operations(shape: Shape) -> bool:
    return '"operation"' in json.dumps({name: part for name, part in shape.when.items() if name != "$defs"})
