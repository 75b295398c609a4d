from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.mark.parametrize("name", ["X-Request-Id", "x-request-id"])
@pytest.mark.parametrize("status", [200, 404, 500])
def test_the_same_id_in_both_places_keeps_it(judge, answered, name, status):
    assert judge(answered(status, {}, request_id="req_a", headers=((name, "req_a"),))) == [KEPT]


def test_two_ids_break_it(judge, answered):
    [breach] = judge(answered(404, {}, request_id="req_a", headers=(("X-Request-Id", "edge-1"),)))
    assert (breach.expected, breach.observed) == ("X-Request-Id: req_a", "X-Request-Id: edge-1")
    assert breach.basis.provenance is Provenance.INFERRED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, None, None)


def test_one_of_the_two_is_enough(judge, answered):
    header = (("X-Request-Id", "req_a"),)
    assert (
        judge(
            answered(404, {}),
            answered(404, {}, request_id=None, headers=header),
            answered(404, b"<html>", headers=header),
        )
        == []
    )


def test_a_header_that_repeats_the_callers_own_is_legal(judge, answered):
    own = (("X-Request-Id", "made-up-by-the-caller"),)
    assert judge(answered(404, {}, request_id="req_a", headers=own, sent_headers=own)) == []


def test_an_id_that_is_no_text_is_another_rules_matter(judge, answered):
    assert judge(answered(404, {}, request_id=7, headers=(("X-Request-Id", "7"),))) == []


def test_a_contract_that_names_no_header_promises_nothing_of_one(judge, answered, contract):
    without = replace(contract, request_id=replace(contract.request_id, header=None))
    differing = answered(404, {}, request_id="req_a", headers=(("X-Request-Id", "edge-1"),))
    assert judge(differing, promised=without) == []
    assert judge(differing, promised=replace(contract, request_id=None)) == []


@pytest.fixture
def twofold(contract):
    """A contract with a request id in two places of the body, and none in a header."""
    places = ("/requestId", "/info/requestId")
    return replace(
        contract,
        pointers=replace(contract.pointers, request_id=places),
        request_id=replace(contract.request_id, header=None),
    )


def test_the_same_id_in_two_places_of_the_body_keeps_it(judge, answered, twofold):
    assert judge(answered(404, {"info": {"requestId": "t-1"}}, request_id="t-1"), promised=twofold) == [KEPT]


def test_two_ids_in_the_body_break_it(judge, answered, twofold):
    [breach] = judge(answered(404, {"info": {"requestId": "t-2"}}, request_id="t-1"), promised=twofold)
    assert (breach.expected, breach.observed) == (
        "/info/requestId: t-1, as at /requestId",
        "/info/requestId: t-2",
    )
    assert breach.basis is twofold.request_id.on_errors
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, "two in the body", None, None)


@pytest.mark.parametrize("other", [None, "", 7, {}])
def test_one_id_in_the_body_agrees_with_itself(judge, answered, twofold, other):
    body = {"info": {"requestId": other}}
    assert judge(answered(404, body, request_id="t-1"), answered(404, {}), promised=twofold) == []


def test_what_rests_on_nothing_for_a_success_is_not_graded(judge, answered, twofold):
    [breach] = judge(answered(200, {"info": {"requestId": "t-2"}}, request_id="t-1"), promised=twofold)
    assert breach.basis.provenance is Provenance.UNSPECIFIED
