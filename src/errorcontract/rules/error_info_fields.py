"""An ErrorInfo holds its reason, its domain and its metadata as the contract promises them."""

from __future__ import annotations

from errorcontract.rules.rule import Rule
from errorcontract.rules.shape import judge_of

RULE = Rule(
    id="error-info-fields",
    group="details",
    title="An ErrorInfo holds the members that were promised of it.",
    judge=judge_of("error-info-fields"),
)
