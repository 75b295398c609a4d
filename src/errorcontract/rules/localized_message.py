"""A localized message has a language (BCP 47) and a text."""

from __future__ import annotations

from errorcontract.rules.rule import Rule
from errorcontract.rules.shape import judge_of

RULE = Rule(
    id="localized-message",
    group="details",
    title="A localized message has its language and its text.",
    judge=judge_of("localized-message"),
)
