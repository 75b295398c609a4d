from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT

BURST = {"name": "burst-validateKey", "operation": "validateKey"}
ORDERS = {"name": "burst-sendTopUp", "operation": "sendTopUp"}


@pytest.fixture
def served(accepted):
    return lambda number: [accepted(copy=copy, **BURST) for copy in range(number)]


def test_a_single_refusal_keeps_it(judge, served, refused):
    assert judge(*served(60), refused(429, "RATE_LIMIT_EXCEEDED", copy=60, **BURST), about="burst") == [KEPT]


def test_a_burst_that_is_served_whole_breaks_it(judge, served):
    [breach] = judge(*served(61), about="burst")
    assert (breach.expected, breach.observed) == ("RATE_LIMIT_EXCEEDED among 61 at once", "none")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == ("validateKey", "rate-limit", None, None)


def test_each_operation_that_was_asked_so_often_is_judged(judge, served, accepted, refused):
    reading = [*served(60), refused(429, "RATE_LIMIT_EXCEEDED", copy=60, **BURST)]
    kept, breach = judge(*reading, *[accepted(copy=copy, **ORDERS) for copy in range(61)], about="burst")
    assert kept is KEPT
    assert breach.operation == "sendTopUp"


def test_a_burst_with_a_lost_answer_is_not_judged(judge, served, unanswered):
    assert judge(*served(60), unanswered("the connection broke off", copy=60, **BURST), about="burst") == []


def test_other_stories_do_not_concern_it(judge, served):
    assert judge(*served(61), about="race") == []
    assert judge(*served(0), about="burst") == []


def test_a_single_request_is_no_burst(judge, accepted):
    assert judge(accepted(name="again"), about="burst") == []


def test_a_contract_without_a_limit_promises_none(judge, served, contract):
    assert judge(*served(61), about="burst", promised=replace(contract, rate_limit=None)) == []
