from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT

SENT = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 5000}
LAST = {"name": "too-much", "fails": "insufficient-balance", "sent": SENT}
ORDERS = {"name": "orders", "works": "dynamic plan", "cost": 200.0}


@pytest.fixture
def spent(accepted):
    """An order before the last one."""
    return accepted(name="spend-1", works="dynamic plan", sent=SENT)


@pytest.fixture
def orders(accepted):
    return lambda number=8: [accepted(copy=copy, **ORDERS) for copy in range(number)]


@pytest.mark.parametrize(
    ("status", "code"), [(403, "NO_BALANCE"), (403, "INSUFFICIENT_BALANCE"), (429, "RATE_LIMIT_EXCEEDED")]
)
def test_a_refused_overdraft_keeps_it(judge, spent, balance, refused, status, code):
    assert judge(
        spent, balance(1200), refused(status, code, **LAST), balance(1200, "balance-after"), about="overdraft"
    ) == [KEPT]


def test_an_accepted_overdraft_breaks_it(judge, spent, balance, accepted):
    breach, shown = judge(spent, balance(1200), accepted(**LAST), balance(-3800, "balance-after"), about="overdraft")
    assert breach.expected == "a refusal with INSUFFICIENT_BALANCE or NO_BALANCE"
    assert breach.observed == "200"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    where = ("sendTopUp", "insufficient-balance", None, None)
    assert (breach.operation, breach.cause, breach.code, breach.status) == where
    assert (shown.operation, shown.cause, shown.code, shown.status) == where, "one defect, one fingerprint"


def test_an_overdraft_that_hides_at_zero_breaks_it(judge, spent, balance, accepted):
    [breach] = judge(spent, balance(1200), accepted(**LAST), balance(0, "balance-after"), about="overdraft")
    assert breach.cause == "insufficient-balance"


def test_an_order_that_the_account_could_pay_after_all_is_no_overdraft(judge, refused, balance, accepted):
    earlier = refused(429, "RATE_LIMIT_EXCEEDED", name="spend-1", works="dynamic plan", sent=SENT)
    assert judge(earlier, balance(5000), accepted(**LAST), balance(0, "balance-after"), about="overdraft") == []


def test_a_balance_that_an_order_took_below_zero_breaks_it(judge, balance, accepted):
    order = accepted(works="dynamic plan")
    [breach] = judge(balance(100), order, balance(-100, "balance-after"), about="charge")
    assert breach.exchange.step == "balance-after"


def test_a_balance_below_zero_that_was_there_before_is_the_operators(judge, balance, refused):
    order = refused(403, "NO_BALANCE", name="refused-1", fails="insufficient-balance")
    assert judge(balance(-50), order, balance(-50, "balance-after"), about="no-trace") == []


def test_orders_at_once_that_are_all_paid_keep_it(judge, balance, orders):
    assert judge(balance(2000), *orders(), balance(400, "balance-after"), about="side-by-side") == [KEPT]


def test_refused_orders_need_not_be_paid(judge, balance, orders, refused):
    lost = refused(403, "NO_BALANCE", copy=2, **ORDERS)
    assert judge(balance(400), *orders(2), lost, balance(0, "balance-after"), about="side-by-side") == [KEPT]


def test_an_order_that_was_done_and_not_paid_breaks_it(judge, balance, orders):
    [breach] = judge(balance(2000), *orders(), balance(600, "balance-after"), about="side-by-side")
    assert (breach.expected, breach.observed) == ("1600 paid", "1400 paid")
    assert breach.basis.source == "balance page"
    assert (breach.operation, breach.cause, breach.code, breach.status) == (
        "sendTopUp",
        "different orders at once",
        None,
        None,
    )


def test_orders_whose_end_nobody_knows_are_not_judged(judge, balance, orders, refused, unanswered):
    after = balance(400, "balance-after")
    lost = unanswered("the connection broke off", copy=7, **ORDERS)
    failed = refused(500, "INTERNAL_ERROR", copy=7, **ORDERS)
    assert judge(balance(2000), *orders(7), lost, after, about="side-by-side") == []
    assert judge(balance(2000), *orders(7), failed, after, about="side-by-side") == []


def test_a_balance_that_cannot_be_read_is_not_judged(judge, balance, orders):
    assert judge(balance("2,000"), *orders(), balance(0, "balance-after"), about="side-by-side") == []


def test_other_stories_do_not_concern_it(judge, balance, accepted):
    assert judge(balance(1000), accepted(works="dynamic plan"), balance(800, "balance-after"), about="charge") == []
    assert judge(accepted(**LAST)) == []


def test_orders_of_several_prices_are_all_paid(judge, balance, accepted):
    prices = [accepted(name="orders", copy=copy, works="x", cost=cost) for copy, cost in enumerate((200.0, 500.0))]
    assert judge(balance(1000), *prices, balance(300, "balance-after"), about="side-by-side") == [KEPT]
    [breach] = judge(balance(1000), *prices, balance(500, "balance-after"), about="side-by-side")
    assert (breach.expected, breach.observed) == ("700 paid", "500 paid")


@pytest.mark.parametrize(("won", "breaches"), [(0, 0), (1, 0), (2, 1)])
def test_orders_at_once_take_no_more_than_the_account_holds(judge, balance, accepted, refused, won, breaches):
    order = {"name": "rush", "sent": {"amount": 600}}
    rush = [accepted(copy=copy, **order) for copy in range(won)]
    rush += [refused(403, "NO_BALANCE", copy=copy, **order) for copy in range(won, 3)]
    verdicts = judge(balance(1000, "balance-left"), *rush, balance(0, "balance-end"), about="overdraft")
    assert sum(verdict is not KEPT for verdict in verdicts) == breaches


def test_an_account_that_fell_below_zero_needs_no_second_look(rule, judge_evidence, balance, accepted):
    order = accepted(name="rush", copy=0, sent={"amount": 600})
    after = judge_evidence(balance(500, "balance-left"), order, balance(-100, "balance-end"), about="overdraft")
    before = judge_evidence(balance(-100, "balance-left"), order, balance(-700, "balance-end"), about="overdraft")
    assert not rule.doubtful(after)
    assert rule.doubtful(before)
