from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.fixture
def between(balance, refused):
    """Two looks at the balance, and what was refused between them."""

    def made(before, after, *asked):
        asked = asked or (refused(400, "ERR_VALIDATION", name="refused-1", fails="invalid-amount/negative"),)
        return balance(before), *asked, balance(after, "balance-after")

    return made


@pytest.mark.parametrize("about", ["no-trace", "duplicate", "overdraft"])
def test_the_same_balance_keeps_it(judge, between, about):
    assert judge(*between(1000, 1000.0), about=about) == [KEPT]


@pytest.mark.parametrize(("after", "observed"), [(800, "200 less"), (1200, "200 more")])
def test_another_balance_breaks_it(judge, between, after, observed):
    [breach] = judge(*between(1000, after), about="no-trace")
    assert (breach.expected, breach.observed) == ("the same balance", observed)
    assert "invalid-amount/negative" in breach.summary
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == ("sendTopUp", "refused requests", None, None)


def test_the_cause_of_the_story_is_part_of_the_fingerprint(judge, between):
    [breach] = judge(*between(1000, 800), about="duplicate", cause="duplicate-reference")
    assert breach.cause == "duplicate-reference"


def test_orders_before_the_first_look_may_cost(judge, between, accepted):
    assert judge(accepted(name="first"), *between(800, 800), about="duplicate") == [KEPT]


def test_a_balance_that_changed_with_an_accepted_order_between_is_not_judged(judge, between, accepted):
    assert judge(*between(1000, 800, accepted(name="second", fails="duplicate-reference")), about="duplicate") == []


def test_what_failed_or_was_lost_between_may_have_cost(judge, between, refused, unanswered):
    failed = refused(500, "INTERNAL_ERROR", name="refused-1", fails="invalid-amount/huge")
    lost = unanswered("the connection broke off", name="refused-1", fails="invalid-amount/huge")
    assert judge(*between(1000, 800, failed), about="no-trace") == []
    assert judge(*between(1000, 800, lost), about="no-trace") == []


def test_a_balance_that_cannot_be_read_is_not_judged(judge, between, refused, balance):
    assert judge(*between("1000", 800), about="no-trace") == []
    first, *rest = between(1000, 800)
    assert judge(refused(429, "RATE_LIMIT_EXCEEDED", name="balance-before"), *rest, about="no-trace") == []
    assert judge(first, *rest[:-1], about="no-trace") == []
    assert judge(balance(1000), balance(800, "balance-after"), about="no-trace") == []


def test_other_stories_do_not_concern_it(judge, between):
    assert judge(*between(1000, 800), about="charge") == []
