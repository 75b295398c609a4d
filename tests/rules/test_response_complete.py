from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT

CLOSED = "the connection was closed without an answer"
LARGE = b" " * (2 * 1024 * 1024)


@pytest.mark.parametrize("status", [200, 204, 302, 404, 500])
def test_a_whole_answer_keeps_it(judge, answered, status):
    assert judge(answered(status)) == [KEPT]


def test_an_answer_that_the_harness_cut_keeps_it(judge, answered):
    assert judge(answered(200, b"[", cut="longer than the limit")) == [KEPT]


@pytest.mark.parametrize(
    "failure", [CLOSED, "the connection broke off", "no complete answer within 30 s", "the answer is not HTTP: X"]
)
def test_no_answer_breaks_it(judge, unanswered, failure):
    [breach] = judge(unanswered(failure, fails="malformed-body/NUL at the end"))
    assert (breach.expected, breach.observed) == ("a whole answer in the error envelope", failure)
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, "malformed-body", None, None)


def test_half_an_answer_breaks_it(judge, answered):
    step, exchange = answered(404, b'{"succ')
    failure = "the connection ended before the body was complete"
    [breach] = judge((step, replace(exchange, failure=failure)))
    assert (breach.cause, breach.status) == (failure, 404)


def test_no_connection_is_the_harness_matter(judge, unanswered):
    assert judge(unanswered("no connection: Connection refused")) == []


@pytest.mark.parametrize("failure", [CLOSED, "the connection broke off"])
def test_a_connection_closed_on_a_large_body_is_legal(judge, unanswered, failure):
    assert judge(unanswered(failure, sent=LARGE)) == []


def test_a_large_body_excuses_no_hang_and_no_promise(judge, unanswered):
    [hang] = judge(unanswered("no complete answer within 30 s", sent=LARGE))
    [promised] = judge(unanswered(CLOSED, sent=LARGE, fails="invalid-field/huge"))
    assert hang is not KEPT
    assert promised is not KEPT
