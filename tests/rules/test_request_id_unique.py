from __future__ import annotations

from dataclasses import replace

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


def test_ids_of_their_own_keep_it(judge, refused, accepted):
    assert judge(refused(404, "NOT_FOUND"), accepted(), refused(404, "NOT_FOUND")) == [KEPT] * 3


def test_an_id_that_comes_twice_breaks_it(judge, answered):
    kept, breach = judge(answered(404, {}, request_id="req_a"), answered(200, {}, request_id="req_a"))
    assert kept is KEPT
    assert (breach.expected, breach.observed) == ("an id of its own", "req_a, which exchange 1 had before")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, None, None)


def test_the_whole_run_is_remembered(judge, answered):
    assert judge(answered(404, {}, request_id="req_a")) == [KEPT]
    [breach] = judge(answered(404, {}, request_id="req_a"))
    assert breach.exchange.number == 2


def test_judging_an_exchange_again_is_no_second_use(judge, answered):
    exchange = answered(404, {}, request_id="req_a")
    assert judge(exchange) == judge(exchange) == [KEPT]


def test_ids_that_differ_in_case_are_different(judge, answered):
    assert judge(answered(404, {}, request_id="req_a"), answered(404, {}, request_id="req_A")) == [KEPT] * 2


def test_an_id_that_the_caller_brought_is_its_own(judge, answered):
    own = {"request_id": "made-up-by-the-caller", "sent_headers": (("X-Request-Id", "made-up-by-the-caller"),)}
    assert judge(answered(404, {}, **own), answered(404, {}, **own)) == []


def test_answers_without_a_text_as_id_do_not_concern_it(judge, answered):
    assert (
        judge(
            *[
                answered(404, {}, request_id=None),
                answered(404, {}, request_id=7),
                answered(404, b"<html>"),
                answered(204),
            ]
            * 2
        )
        == []
    )


def test_a_contract_without_request_ids_promises_none(judge, answered, contract):
    twice = [answered(404, {}, request_id="req_a"), answered(404, {}, request_id="req_a")]
    assert judge(*twice, promised=replace(contract, request_id=None)) == []
