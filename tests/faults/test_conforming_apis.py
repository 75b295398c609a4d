"""An API that keeps its word is never accused, whatever legal ways it takes."""

from __future__ import annotations

import pytest
from errorcontract.fixtures.reference_api import CONTRACTS, load

from errorcontract.cases import families, generators

from .conftest import ALL_SEEDS, SEEDS, SWEEP, combination

LAST = ("overdraft", "burst", "lock-out")  # after an empty account no order tells anything
EVERY = [*(name for name in families() if name not in LAST), *generators(), *LAST]
PREPARED = [name for name in EVERY if name not in generators()]
WAITED_FOR = {
    "fixed-window",
    "retry-after-as-date",
    "retry-after-of-rfc-850",
    "retry-after-of-asctime",
    "no-retry-after",
    "limit-before-credentials",
    "wait-in-header-too",
    "wait-in-header-only",
    "wait-in-fractions",
    "fractional-delay",
    "retry-info-on-quota",
}
"""Choices about the rate limit; for the others no run waits until it is over."""

MOST_TELLING = 120
SEVERAL_AT_ONCE = 200
"""Requests for one choice, and for several with a seed of their own: the most telling, then generated ones."""

CHOICES = [
    pytest.param(name, choice.name, id=f"{name}-{choice.name}")
    for name in CONTRACTS
    for choice in load(name).choices[:: 1 if SWEEP else 4]
]


def told(findings) -> list[str]:
    return [
        f"{one.severity} {one.rule} on {one.operation} for {one.cause}: {one.summary}; {one.observed}"
        for one in findings
    ]


def asked_of(choices, names) -> list[str]:
    return [name for name in names if name != "burst" or not WAITED_FOR.isdisjoint(choices)]


@pytest.mark.parametrize("contract", CONTRACTS)
def test_nothing_is_found_on_the_plain_api(findings_on, contract):
    assert told(findings_on(contract, "plain", EVERY)) == []


@pytest.mark.parametrize(("contract", "choice"), CHOICES)
def test_nothing_is_found_because_of_a_legal_choice(findings_on, contract, choice):
    names = asked_of([choice], PREPARED)
    assert told(findings_on(contract, f"choice {choice}", names, budget=MOST_TELLING)) == []


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_choice_is_among_several_that_are_asked_everything(contract):
    combined = {name for seed in ALL_SEEDS for name in combination(contract, seed)}
    assert combined == {choice.name for choice in load(contract).choices}


@pytest.mark.parametrize("contract", CONTRACTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_found_with_several_choices_at_once(findings_on, contract, seed):
    names = asked_of(combination(contract, seed), EVERY)
    found = findings_on(contract, f"seed {seed}", names, seed=seed, budget=SEVERAL_AT_ONCE)
    assert told(found) == []
