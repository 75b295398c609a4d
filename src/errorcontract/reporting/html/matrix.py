"""Which rule judged which operation, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from errorcontract.reporting.coverage import Coverage
from errorcontract.reporting.result import RuleInfo, RunResult


class State(StrEnum):
    """What a cell says."""

    KEPT = "kept"
    BROKEN = "broken"
    SILENT = "not judged"


SIGNS = {State.KEPT: "✓", State.BROKEN: "✕", State.SILENT: "·"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One operation under one rule."""

    operation: str
    state: State
    sign: str
    judged: int
    broken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rule over all operations."""

    rule: RuleInfo
    cells: tuple[Cell, ...]
    left_out: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """`groups`: (name, rows); `left_out`: the rules that the contract gives no ground for, with the reason."""

    operations: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    left_out: tuple[tuple[str, str], ...]


NOWHERE = "no documented operation"


def matrix_of(run: RunResult, found: Coverage) -> Matrix:
    """The matrix of a run: rules that were left out stand below it, not in it."""
    known = {rule.id: rule for rule in run.rules}
    keys: list[str | None] = [operation.id for operation in run.operations]
    keys += sorted({key for key, _ in found.matrix if key is not None} - set(keys))
    keys += [None] if any(key is None for key, _ in found.matrix) else []
    groups: dict[str, list[Row]] = {}
    for one in found.rules:
        if one.left_out is None or one.judged:
            info = known.get(one.rule, RuleInfo(id=one.rule))
            cells = tuple(_cell(key, *found.matrix.get((key, one.rule), (0, 0))) for key in keys)
            groups.setdefault(info.group, []).append(Row(rule=info, cells=cells, left_out=one.left_out))
    return Matrix(
        operations=tuple(key or NOWHERE for key in keys),
        groups=tuple((name, tuple(rows)) for name, rows in groups.items()),
        left_out=tuple((one.rule, one.left_out) for one in found.rules if one.left_out is not None and not one.judged),
    )


def _cell(operation: str | None, judged: int, broken: int) -> Cell:
    state = State.BROKEN if broken else State.KEPT if judged else State.SILENT
    return Cell(operation=operation or NOWHERE, state=state, sign=SIGNS[state], judged=judged, broken=broken)
