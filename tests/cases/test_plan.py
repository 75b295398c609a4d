"""The budget goes to what tells most, and is never exceeded."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorcontract.cases import Share, allot, families, generators
from errorcontract.model import Basis, Case, Outcome, Promise, Provenance, Request, Step

PROMISE = Promise(outcome=Outcome.EITHER, basis=Basis(provenance=Provenance.UNSPECIFIED, source="a test"))


def make(_):
    return Request(method="GET", target="/")


def case(name, tells, copies):
    step = Step(name="test", make=make, promise=PROMISE, copies=copies)
    return Case(id=name, family="f", operation=None, cause=None, variant=name, steps=(step,), tells=tells)


@st.composite
def plans(draw):
    sizes = draw(st.lists(st.integers(0, 8), max_size=5))
    numbers = iter(range(100))
    asked = {
        f"question {place}": [
            case(f"case {next(numbers)}", draw(st.integers(0, 5)), draw(st.integers(1, 9))) for _ in range(size)
        ]
        for place, size in enumerate(sizes)
    }
    return (
        asked,
        draw(st.dictionaries(st.sampled_from("abc"), st.integers(0, 500))),
        draw(st.none() | st.integers(0, 300)),
    )


def spent(shares):
    return sum(case.cost for share in shares.values() for case in share.cases) + sum(
        share.generated for share in shares.values()
    )


@given(plans())
def test_a_budget_is_never_exceeded(plan):
    asked, generating, budget = plan
    if budget is not None:
        assert spent(allot(asked, generating, budget)) <= budget


@given(plans())
def test_every_case_is_played_or_left_out_in_its_order(plan):
    asked, generating, budget = plan
    shares = allot(asked, generating, budget)
    assert shares.keys() == asked.keys() | generating.keys()
    for question, cases in asked.items():
        assert sorted([*shares[question].cases, *shares[question].unsent], key=cases.index) == cases
        assert list(shares[question].cases) == [one for one in cases if one in shares[question].cases]


@given(plans())
def test_a_case_is_left_out_only_where_more_telling_ones_leave_too_little(plan):
    asked, generating, budget = plan
    shares = allot(asked, generating, budget)
    played = [one for share in shares.values() for one in share.cases]
    for left_out in (one for share in shares.values() for one in share.unsent):
        before = sum(one.cost for one in played if (-one.tells, one.id) < (-left_out.tells, left_out.id))
        assert before + left_out.cost > budget


@given(plans(), st.randoms())
def test_the_shares_hang_on_nothing_but_questions_cases_and_budget(plan, chance):
    asked, generating, budget = plan
    shuffled = list(asked.items())
    chance.shuffle(shuffled)
    assert allot(dict(shuffled), generating, budget) == allot(asked, generating, budget)


@given(plans())
def test_without_a_budget_everything_is_played(plan):
    asked, generating, _ = plan
    shares = allot(asked, generating, None)
    assert all(share.unsent == () for share in shares.values())
    assert {question: shares[question].generated for question in generating} == generating


def test_what_prepared_cases_leave_goes_to_generated_ones():
    prepared = {"prepared": [case("a", 1, 10)]}
    assert allot(prepared, {"fuzz": 30, "combinations": 10}, 50) == {
        "prepared": Share(cases=tuple(prepared["prepared"])),
        "fuzz": Share(generated=30),
        "combinations": Share(generated=10),
    }
    assert allot(prepared, {"fuzz": 30, "combinations": 10}, 30)["fuzz"].generated == 15
    assert allot(prepared, {"fuzz": 30}, 5)["fuzz"].generated == 5
    assert allot(prepared, {"fuzz": 30}, 10)["fuzz"].generated == 0


@pytest.mark.parametrize("budget", [1, 10, 50, 100, 300, 1000, 5000])
def test_the_cases_of_a_contract_fit_any_budget(kit, budget):
    every = [one for family in families().values() for one in family(kit)]
    random.Random(0).shuffle(every)  # noqa: S311
    asked = {"first": every[::2], "second": every[1::2]}
    generating = {name: generator.requests for name, generator in generators().items()}
    shares = allot(asked, generating, budget)
    assert spent(shares) <= budget
    assert spent(shares) > budget - len(generating)  # nothing is given away but what no share of a request is


def early(kit, family):
    """What a small budget asks of a family, when all families want their part of it."""
    every = [one for cases in families().values() for one in cases(kit)]
    return [one for one in allot({"all": every}, {}, 120)["all"].cases if one.family == family]


def test_a_small_budget_tries_several_methods_each_on_another_operation(kit):
    wrong = [one for one in early(kit, "routes") if one.cause == "wrong-method"]
    assert len({one.operation for one in wrong}) == len(wrong)
    assert len({one.variant.partition(" ")[0] for one in wrong}) == len(wrong) >= 2


@pytest.mark.parametrize("variant", ["truncated", "array", "empty", "two documents", "deeply nested", "large"])
def test_a_small_budget_sends_each_improper_body_to_one_operation(kit, variant):
    assert [one.variant for one in early(kit, "bodies")].count(variant) == 1


def test_a_small_budget_spreads_improper_bodies_over_the_operations(kit):
    every = {one.operation for one in families()["bodies"](kit)}
    assert {one.operation for one in early(kit, "bodies")} == every or len(every) > 8
