from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Basis, Provenance
from errorcontract.rules import KEPT


@pytest.mark.parametrize("status", [400, 404, 405, 429, 500, 503])
def test_an_error_with_a_request_id_keeps_it(judge, refused, status):
    assert judge(refused(status, "NOT_FOUND")) == [KEPT]


@pytest.mark.parametrize("missing", [{}, {"requestId": None}, {"requestId": ""}])
def test_an_error_without_one_breaks_it(judge, answered, missing):
    body = {"success": False, "error": {"code": "NOT_FOUND", "message": "x", "requestId": "req_a"}} | missing
    [breach] = judge(answered(404, body, request_id=None))
    assert (breach.expected, breach.observed) == ("a request id at /requestId", "none")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, "NOT_FOUND", 404)


def test_an_error_of_the_framework_breaks_it_too(judge, answered):
    [breach] = judge(answered(404, {"message": "Cannot GET /", "statusCode": 404}, request_id=None))
    assert breach.code is None


def test_an_id_in_a_header_alone_is_not_where_it_is_promised(judge, refused):
    [breach] = judge(refused(404, "NOT_FOUND", request_id=None, headers=(("X-Request-Id", "req_a"),)))
    assert breach.status == 404


def test_of_successes_the_documents_promise_nothing_certain(judge, accepted):
    assert judge(accepted(request_id=None), accepted()) == []


def test_where_successes_are_documented_they_are_judged(judge, accepted, contract):
    basis = Basis(provenance=Provenance.DOCUMENTED, source="a page")
    promised = replace(contract, request_id=replace(contract.request_id, on_success=basis))
    kept, breach = judge(accepted(), accepted(request_id=None), promised=promised)
    assert kept is KEPT
    assert breach.basis is basis


def test_what_is_no_object_or_may_have_no_body_does_not_concern_it(judge, answered):
    others = (
        answered(404, []),
        answered(404, b"<html>"),
        answered(404, method="HEAD"),
        answered(304),
        answered(302),
        answered(404, method="OPTIONS"),
    )
    assert judge(*others) == []


def test_a_contract_without_request_ids_promises_none(judge, answered, contract):
    assert judge(answered(404, {}, request_id=None), promised=replace(contract, request_id=None)) == []
