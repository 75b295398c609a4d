from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Makes, Provenance, Watch
from errorcontract.rules import KEPT

OTHER = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 50, "ref": "order-2a"}
ABOUT = {"about": "ledger"}


@pytest.fixture
def order(accepted):
    """A call that was accepted: it costs what it says."""
    return lambda number, **more: accepted(
        name=f"call-{number}", works="dynamic plan", **{"cost": 200.0, **more}
    )


@pytest.fixture
def look_up(accepted):
    """What a look-up by the reference of a call answers."""

    def told(number, amount=200, ref="order-1a"):
        shown = {"ref": ref, "topup_amount": amount, "MSSIDN": "0778037340", "plan_code": "PREPAID_DJEZZY"}
        return accepted(shown, name=f"look-up of call-{number}", operation="getTopUpByRef", sent=None)

    return told


@pytest.fixture
def duplicate(refused):
    return lambda number, **more: refused(403, "DUPLICATED_REF", name=f"call-{number}", **more)


def test_a_sequence_that_adds_up_keeps_it(judge, balance, order, duplicate, look_up):
    story = (balance(1000, "balance-1"), order(1), balance(800, "balance-2"), look_up(1))
    again = (duplicate(2, fails="duplicate-reference"), balance(800, "balance-3"), look_up(1))
    verdicts = judge(*story, *again, **ABOUT)
    assert verdicts
    assert set(verdicts) == {KEPT}


def test_an_order_that_is_charged_otherwise_breaks_it(judge, balance, order):
    first, second = order(1), order(2, sent=OTHER, cost=50.0)
    story = (first, balance(800, "balance-1"), second, balance(550, "balance-2"))
    [breach] = [found for found in judge(*story, **ABOUT) if found]
    assert (breach.expected, breach.observed) == ("50 paid", "250 paid")
    assert (breach.operation, breach.cause) == ("sendTopUp", "charge for what was ordered")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert {"charged-once", "ledger-balances"} <= breach.told_by


def test_several_turns_between_two_looks_are_added_up(judge, balance, order):
    story = (balance(1000, "balance-1"), order(1), order(2, sent=OTHER, cost=50.0))
    assert judge(*story, balance(750, "balance-2"), **ABOUT)[-1] is KEPT
    assert judge(*story, balance(700, "balance-2"), **ABOUT)[-1].observed == "300 paid"


def test_a_refused_request_that_is_charged_breaks_it(judge, balance, duplicate):
    story = (balance(800, "balance-1"), duplicate(1, fails="duplicate-reference"), balance(600, "balance-2"))
    [breach] = [found for found in judge(*story, **ABOUT) if found and found.cause.startswith("charge")]
    assert breach.cause == "charge for what was refused"


def test_a_balance_that_an_accepted_order_took_below_zero_breaks_it(judge, balance, order):
    [breach] = [found for found in judge(balance(100, "balance-1"), order(1), balance(-100, "b"), **ABOUT) if found]
    assert breach.cause == "charge for more than there was"


def test_a_reference_that_is_accepted_twice_breaks_it(judge, order):
    verdicts = judge(order(1), order(2, sent=OTHER), order(3), **ABOUT)
    [breach] = [found for found in verdicts if found]
    assert breach.exchange.step == "call-3"
    assert breach.cause == "duplicate-reference, one after the other"


def test_a_free_reference_that_is_refused_as_used_breaks_it(judge, refused, duplicate):
    first = refused(400, "ERR_VALIDATION", name="call-1", fails="invalid-amount")
    [breach] = [found for found in judge(first, duplicate(2), **ABOUT) if found]
    assert breach.cause == "reference used up"
    assert "of a refused request" in breach.summary


def test_an_order_that_is_shown_with_another_amount_or_not_found_breaks_it(judge, order, look_up, refused):
    [shown] = [found for found in judge(order(1), order(2, sent=OTHER), look_up(1, 50), **ABOUT) if found]
    lost = refused(404, "NOT_FOUND", name="look-up of call-1", operation="getTopUpByRef", sent=None)
    [gone] = [found for found in judge(order(1), lost, **ABOUT) if found]
    assert "/data/topup_amount is 50" in shown.observed
    assert gone.observed == "404 NOT_FOUND"
    assert shown.cause == gone.cause == "look-up of what was accepted"


def test_an_order_that_was_refused_and_is_found_breaks_it(judge, refused, look_up):
    first = refused(400, "ERR_VALIDATION", name="call-1", fails="invalid-amount")
    [breach] = [found for found in judge(first, look_up(1), **ABOUT) if found]
    assert breach.cause == "look-up of what was refused"


def test_what_nobody_can_know_is_left_alone(judge, balance, order, refused, unanswered):
    lost = unanswered("no complete answer within 30 s", name="call-1", works="dynamic plan")
    assert judge(balance(800, "balance-1"), lost, balance(600, "balance-2"), **ABOUT) == []
    unpriced = order(1, cost=None)
    assert judge(balance(800, "balance-1"), unpriced, balance(1, "balance-2"), **ABOUT) == [KEPT]
    busy = refused(429, "RATE_LIMIT_EXCEEDED", name="look-up of call-1", operation="getTopUpByRef", sent=None)
    assert judge(order(1), busy, **ABOUT) == [KEPT]


def test_cents_are_no_matter_of_binary_fractions(judge, balance, order):
    story = (balance("1000.00", "balance-1"), order(1, cost=12.1), order(2, sent=OTHER, cost=12.2))
    assert judge(*story, balance("975.70", "balance-2"), **ABOUT)[-1] is KEPT


def test_an_amount_that_is_shown_with_other_digits_is_the_same(judge, order, look_up):
    text = order(1, sent={**OTHER, "ref": "order-1a", "plan_code": "PREPAID_DJEZZY", "amount": "200"})
    assert set(judge(text, look_up(1, "200.00"), **ABOUT)) == {KEPT}
    assert judge(text, look_up(1, "200.50"), **ABOUT)[-1].observed == "/data/topup_amount is '200.50', sent was '200'"


@pytest.fixture
def cancelled(contract, accepted):
    """A story of an order that was cancelled once, or more often, in a contract that says whether money comes back."""

    def told(*names, gives_back):
        made = Makes(id="id", basis=contract.ledger.basis, deleted_by="getTopUpById/id", gives_back=gives_back)
        orders = {**contract.operations, "sendTopUp": replace(contract.operations["sendTopUp"], makes=made)}
        ended = (accepted(name=f"{name} of call-1", operation="getTopUpById", sent=None) for name in names)
        return {"promised": replace(contract, operations=orders), **ABOUT}, tuple(ended)

    return told


@pytest.mark.parametrize(("gives_back", "left"), [(True, 1000), (False, 800)])
def test_a_cancelled_order_gives_back_what_is_said_once(judge, balance, order, cancelled, gives_back, left):
    about, ended = cancelled("call-2", "call-3", gives_back=gives_back)
    story = (order(1), balance(800, "balance-1"), *ended)
    assert judge(*story, balance(left, "balance-2"), **about)[-1] is KEPT
    [breach] = [found for found in judge(*story, balance(left + 200, "balance-2"), **about) if found]
    assert breach.observed == f"{800 - left - 200} paid"


def test_the_reference_of_what_was_cancelled_stays_used_where_that_is_said(judge, order, cancelled):
    about, ended = cancelled("call-2", gives_back=True)
    promised, makes = about["promised"], about["promised"].operations["sendTopUp"].makes
    kept = replace(promised.operations["sendTopUp"], makes=replace(makes, keeps_reference=True))
    said = replace(promised, operations={**promised.operations, "sendTopUp": kept})
    assert [found for found in judge(order(1), *ended, order(3), **about) if found] == []
    [breach] = [found for found in judge(order(1), *ended, order(3), **{**about, "promised": said}) if found]
    assert breach.cause == "duplicate-reference, one after the other"


@pytest.fixture
def listing(contract, accepted):
    """A look at what lists the references of orders, in a contract that says where they are listed."""
    watch = Watch(operation="listPlans", pointer="/data")
    orders = {**contract.operations, "sendTopUp": replace(contract.operations["sendTopUp"], watch=(watch,))}
    about = {"promised": replace(contract, operations=orders), **ABOUT}

    def told(*references):
        items = [{"ref": reference} for reference in references]
        return accepted(items, name="list 1", operation="listPlans", sent=None)

    return about, told


def test_what_is_listed_once_or_elsewhere_keeps_it(judge, order, listing):
    about, told = listing
    assert judge(order(1), told("order-1a", "order-9a"), **about)[-1] is KEPT
    assert judge(order(1), told("order-9a"), **about)[-1] is KEPT


def test_an_order_that_is_listed_twice_and_a_refused_one_that_is_listed_break_it(judge, order, refused, listing):
    about, told = listing
    [twice] = [found for found in judge(order(1), told("order-1a", "order-1a"), **about) if found]
    wrong = refused(400, "ERR_VALIDATION", name="call-1", fails="invalid-amount")
    [there] = [found for found in judge(wrong, told("order-1a"), **about) if found]
    assert (twice.cause, twice.observed) == ("list of what was accepted", "listed 2 times")
    assert (there.cause, there.expected) == ("list of what was refused", "not listed")


def test_where_nobody_says_what_comes_back_a_balance_after_it_tells_nothing(judge, balance, order, cancelled):
    about, ended = cancelled("call-2", gives_back=None)
    assert judge(order(1), balance(800, "balance-1"), *ended, balance(1000, "balance-2"), **about) == [KEPT]


def test_other_stories_are_not_its_matter(judge, balance, order):
    assert judge(balance(800, "balance-1"), order(1), balance(0, "balance-2"), about="charge") == []
