"""Which rule judged which operation, and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from errorcontract.reporting.coverage import Coverage
from errorcontract.reporting.result import RuleInfo, RunResult


class State(StrEnum):
    """What a cell says."""

    KEPT = "kept"
    BROKEN = "broken"
    SILENT = "silent"


SIGNS = {State.KEPT: "✓", State.BROKEN: "✕", State.SILENT: "·"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One operation under one rule."""

    state: State
    sign: str
    judged: int
    broken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rule over all operations."""

    rule: RuleInfo
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """`groups`: (name, rows); `left_out`: the rules that the contract gives no ground for, with the reason.

    `idle` are the rules that met nothing to judge. An empty operation is none that the contract documents;
    `all_operations` says how many there are, shown or not.
    """

    operations: tuple[str, ...]
    all_operations: int
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    left_out: tuple[tuple[str, str], ...]
    idle: tuple[str, ...]


_SHOWN = 60
_NOWHERE = (None, "-")


def matrix_of(run: RunResult, found: Coverage) -> Matrix:
    """The matrix of a run: rules that were left out stand below it, not in it."""
    known = {rule.id: rule for rule in run.rules}
    keys: list[str | None] = [operation.id for operation in run.operations]
    keys += sorted({key for key, _ in found.matrix if key is not None} - set(keys))
    keys += [None] if any(key is None for key, _ in found.matrix) else []
    shown = _most_telling(keys, found)
    groups: dict[str, list[Row]] = {}
    for one in found.rules:
        if one.judged:
            info = known.get(one.rule, RuleInfo(id=one.rule))
            cells = tuple(_cell(*found.matrix.get((key, one.rule), (0, 0))) for key in shown)
            groups.setdefault(info.group, []).append(Row(rule=info, cells=cells))
    return Matrix(
        operations=tuple("" if key in _NOWHERE else str(key) for key in shown),
        all_operations=len(keys),
        groups=tuple((name, tuple(rows)) for name, rows in groups.items()),
        left_out=tuple((one.rule, one.left_out) for one in found.rules if one.left_out is not None and not one.judged),
        idle=tuple(one.rule for one in found.rules if one.left_out is None and not one.judged),
    )


def _most_telling(keys: list[str | None], found: Coverage) -> list[str | None]:
    """All of them in their order, or of very many those with the most broken promises."""
    broken: Counter[str | None] = Counter()
    for (key, _), (_, times) in found.matrix.items():
        broken[key] += times
    best = set(sorted(keys, key=lambda key: -broken[key])[:_SHOWN])
    return [key for key in keys if key in best]


def _cell(judged: int, broken: int) -> Cell:
    state = State.BROKEN if broken else State.KEPT if judged else State.SILENT
    return Cell(state=state, sign=SIGNS[state], judged=judged, broken=broken)
