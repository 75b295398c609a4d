from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Basis, HttpPromises, Provenance
from errorcontract.rules import KEPT

PAGE = Basis(provenance=Provenance.DOCUMENTED, source="a page")


@pytest.fixture
def promised(contract):
    return replace(contract, http=HttpPromises(no_body=PAGE))


@pytest.fixture
def empty(answered):
    """An answer without a body, after which bytes may follow."""

    def made(status, *, surplus=False, **more):
        step, exchange = answered(status, b"", content_type=None, **more)
        return step, replace(exchange, response=replace(exchange.response, surplus=surplus))

    return made


def test_nothing_after_the_head_keeps_it(judge, promised, empty):
    asked = [empty(204), empty(304), empty(200, method="HEAD"), empty(404, method="HEAD")]
    assert judge(*asked, promised=promised) == [KEPT] * 4


def test_the_length_of_what_another_request_would_get_keeps_it(judge, promised, empty):
    length = (("Content-Length", "120"),)
    asked = [empty(304, headers=length), empty(200, method="HEAD", headers=length)]
    assert judge(*asked, promised=promised) == [KEPT, KEPT]


@pytest.mark.parametrize(
    ("status", "method", "kind"), [(204, "DELETE", "204"), (304, "GET", "304"), (200, "HEAD", "HEAD")]
)
def test_bytes_that_follow_break_it(judge, promised, empty, status, method, kind):
    [breach] = judge(empty(status, method=method, surplus=True), promised=promised)
    assert breach.basis is PAGE
    assert (breach.operation, breach.cause, breach.observed) == (None, f"body of {kind}", "bytes follow")


def test_a_204_that_announces_a_length_breaks_it(judge, promised, empty):
    kept, breach = judge(
        empty(204, headers=(("Content-Length", "0"),)),
        empty(204, headers=(("content-length", "17"),)),
        promised=promised,
    )
    assert kept is KEPT
    assert breach.observed == "Content-Length: 17"


def test_answers_with_a_body_and_contracts_that_promise_nothing_do_not_concern_it(
    judge, contract, promised, empty, accepted, unanswered
):
    assert judge(empty(204, surplus=True), promised=contract) == []
    assert judge(accepted(), empty(200), unanswered("the connection broke off"), promised=promised) == []


def test_what_follows_a_request_that_said_itself_where_it_ends_is_not_judged(judge, promised, empty):
    assert judge(empty(204, surplus=True, sent_headers=(("Content-Length", "3"),)), promised=promised) == []
