"""Every detail of an error says its type, has the form of that type, and stands there once."""

from __future__ import annotations

from errorcontract.rules.rule import Rule
from errorcontract.rules.shape import judge_of

RULE = Rule(
    id="details-typed",
    group="details",
    title="Every detail says its type and has its form.",
    judge=judge_of("details-typed"),
)
