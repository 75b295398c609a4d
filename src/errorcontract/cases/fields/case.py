"""One value in an otherwise good request, as a case."""

from __future__ import annotations

import re
from typing import Any

from errorcontract.cases.kit import Kit
from errorcontract.model import Case, Field, Good, Operation, Promise

_SHOWN = 60
_MOMENT = r"\d{4}-\d\d-\d\dT[\d:]+\.\d{3}"


def case_of(
    kit: Kit,
    operation: Operation,
    field: Field,
    kind: str,
    value: Any,
    promise: Promise,
    tells: int,
    good: Good | None = None,
) -> Case:
    """The good request with one value in the place of a field, and what is promised for it."""
    shown = re.sub(rf"{re.escape(kit.build.names.run)}[-\w]*|{_MOMENT}", "…", repr(value))  # the same in every run
    shown = shown if len(shown) < _SHOWN else f"{shown[:40]}… ({len(shown)} characters)"
    return kit.single(
        "fields",
        operation.id,
        f"{field.name} {kind}: {shown}",
        lambda: kit.build.request(operation.id, good, {field.place: value}),
        promise,
        cause=promise.cause,
        tells=tells,
        notes={"field": field.place, "kind": field.kind},
    )
