from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.fixture
def charge(balance, accepted):
    """A look at the balance, a good order of 200, another look."""

    def made(before, after, **order):
        order = {"works": "dynamic plan", "cost": 200.0} | order
        return balance(before), accepted({"topupId": "1"}, **order), balance(after, "balance-after")

    return made


@pytest.mark.parametrize(("before", "after"), [(1000, 800), (1000.0, 800.0), (200, 0), (0.3 + 200, 0.3)])
def test_a_balance_that_fell_by_the_cost_keeps_it(judge, charge, before, after):
    assert judge(*charge(before, after), about="charge") == [KEPT]


def test_a_cost_with_cents_is_no_matter_of_binary_fractions(judge, charge):
    assert judge(*charge(100.0, 80.01, cost=19.99), about="charge") == [KEPT]


def test_a_charge_twice_as_high_breaks_it(judge, charge):
    [breach] = judge(*charge(1000, 600), about="charge")
    assert (breach.expected, breach.observed) == ("200 paid", "400 paid")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == ("sendTopUp", "charged 2 times", None, None)


@pytest.mark.parametrize(("after", "paid"), [(798, "202 paid"), (1100, "-100 paid")])
def test_a_fee_and_a_credit_break_it(judge, charge, after, paid):
    [breach] = judge(*charge(1000, after), about="charge")
    assert breach.observed == paid
    assert breach.cause == "good request/dynamic plan"


def test_a_gift_breaks_it_under_one_name_for_all_good_requests(judge, charge):
    [breach] = judge(*charge(1000, 1000), about="charge")
    assert (breach.observed, breach.cause) == ("0 paid", "charged nothing")


def test_each_order_of_a_story_is_judged_between_its_own_looks(judge, balance, accepted):
    order = {"works": "dynamic plan", "cost": 200.0}
    looks = [balance(amount, f"balance-{number}") for number, amount in enumerate([1000, 800, 300])]
    kept, breach = judge(looks[0], accepted(**order), looks[1], accepted(**order), looks[2], about="charge")
    assert kept is KEPT
    assert breach.observed == "500 paid"


def test_a_success_that_must_be_free_may_not_cost_anything(judge, charge):
    [breach] = judge(*charge(10, 9, cost=0.0), about="charge")
    assert (breach.expected, breach.observed) == ("0 paid", "1 paid")


def test_an_operation_whose_cost_nobody_tells_is_not_judged(judge, charge):
    assert judge(*charge(1000, 1, cost=None), about="charge") == []


def test_a_refused_order_is_another_rules_matter(judge, balance, refused):
    order = refused(403, "NO_BALANCE", works="dynamic plan", cost=200.0)
    assert judge(balance(100), order, balance(0, "balance-after"), about="charge") == []


@pytest.mark.parametrize("unreadable", ["1,000", None, True, 10**400, [1000]])
def test_a_balance_that_is_no_readable_number_is_not_judged(judge, charge, unreadable):
    assert judge(*charge(unreadable, 800), about="charge") == []


def test_a_look_at_the_balance_that_was_refused_is_not_judged(judge, charge, refused):
    _, order, after = charge(1000, 800)
    assert judge(refused(429, "RATE_LIMIT_EXCEEDED", name="balance-before"), order, after, about="charge") == []


def test_other_stories_do_not_concern_it(judge, charge):
    assert judge(*charge(1000, 1), about="duplicate") == []
