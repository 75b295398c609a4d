"""An API that keeps its word is never accused, whatever legal ways it takes."""

from __future__ import annotations

import pytest
from errorcontract.fixtures.reference_api import load

from errorcontract.cases import families, generators

SEEDS = range(20)

LAST = ("money", "burst", "lock-out")  # after an empty account no order tells anything
EVERY = [*(name for name in families() if name not in LAST), *generators(), *LAST]
PREPARED = [name for name in EVERY if name not in generators()]
WAITED_FOR = {"fixed-window", "retry-after-as-date", "limit-before-credentials"}
"""Choices about the rate limit; for the others no run waits until it is over."""

MOST_TELLING = 500
PREPARED_REQUESTS = 1500
"""More than all prepared cases need; what is left of it goes to generated ones."""


def told(findings) -> list[str]:
    return [
        f"{one.severity} {one.rule} on {one.operation} for {one.cause}: {one.summary}; {one.observed}"
        for one in findings
    ]


def asked_of(choices, names) -> list[str]:
    return [name for name in names if name != "burst" or not WAITED_FOR.isdisjoint(choices)]


def test_nothing_is_found_on_the_plain_api(findings_on):
    assert told(findings_on("plain", EVERY)) == []


@pytest.mark.parametrize("choice", [choice.name for choice in load("oneclickdz").choices])
def test_nothing_is_found_because_of_a_legal_choice(findings_on, choice):
    names = asked_of([choice], PREPARED)
    assert told(findings_on(f"choice {choice}", names, budget=MOST_TELLING)) == []


def test_every_choice_is_among_several_that_are_asked_everything(chosen):
    assert set().union(*map(chosen, SEEDS)) == {choice.name for choice in load("oneclickdz").choices}


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_found_with_several_choices_at_once(findings_on, chosen, seed):
    found = findings_on(f"seed {seed}", asked_of(chosen(seed), EVERY), seed=seed, budget=PREPARED_REQUESTS)
    assert told(found) == []
