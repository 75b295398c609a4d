"""What is asked of a target, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.model import Finding


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """A family of cases, put to one operation ("-": to none)."""

    contract: str
    family: str
    operation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What came of a question: the findings that it was the first to show."""

    findings: tuple[Finding, ...]
    requests: int
    unsent: int
