"""The details of an error have the members that the contract promises for its kind."""

from __future__ import annotations

from errorcontract.rules.rule import Rule
from errorcontract.rules.shape import judge_of

RULE = Rule(
    id="details-shape",
    group="details",
    title="The details of an error have the members of its kind.",
    judge=judge_of("details-shape"),
)
