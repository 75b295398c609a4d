"""A refusal because of a quota says which quota it was, and how long to wait in the documented form."""

from __future__ import annotations

from errorcontract.rules.rule import Rule
from errorcontract.rules.shape import judge_of

RULE = Rule(
    id="quota-details",
    group="details",
    title="A refusal for a quota tells which one.",
    judge=judge_of("quota-details"),
)
