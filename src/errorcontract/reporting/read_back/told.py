"""What findings.json holds of a run, and no more, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from errorcontract.reporting.result import Counts, RunResult


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTold:
    """What is told of a code. `asked` is None where the file is too old to say; `listed`: the catalogue has it."""

    code: str
    seen: Counts = field(default_factory=dict)
    promised: frozenset[int] = frozenset()
    asked: int | None = None
    answered_as: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A run as it is told: what findings.json holds of it, and no more."""

    run: RunResult
    codes: Mapping[str, CodeTold]
