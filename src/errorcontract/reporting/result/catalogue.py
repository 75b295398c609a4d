"""What a run could meet: the rules, and the codes, causes and operations of the contract."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInfo:
    """A rule as the run line names it."""

    id: str
    group: str = "other"
    title: str = ""
    severity_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeInfo:
    """A code of the contract's catalogue. Empty `statuses`: the documents name none."""

    code: str
    statuses: tuple[int, ...] = ()
    retry: str = ""
    provenance: str = ""
    source: str = ""
    provokable: bool = True
    why_not: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseInfo:
    """A cause with the codes that are right for it."""

    id: str
    title: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationInfo:
    """An operation that the contract documents."""

    id: str
    method: str = ""
    path: str = ""
    line: int | None = None
    """Where it stands in the contract's document."""
