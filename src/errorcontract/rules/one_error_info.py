"""An error has exactly one ErrorInfo among its details, where the contract promises it."""

from __future__ import annotations

from errorcontract.rules.rule import Rule
from errorcontract.rules.shape import judge_of

RULE = Rule(
    id="one-error-info",
    group="details",
    title="Exactly one ErrorInfo stands among the details.",
    judge=judge_of("one-error-info"),
)
