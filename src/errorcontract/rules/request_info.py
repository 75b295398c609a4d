"""An error holds a RequestInfo with the request id, where the contract promises it."""

from __future__ import annotations

from errorcontract.rules.rule import Rule
from errorcontract.rules.shape import judge_of

RULE = Rule(
    id="request-info",
    group="details",
    title="An error holds a RequestInfo where one is promised.",
    judge=judge_of("request-info"),
)
