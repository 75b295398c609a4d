from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "MISSING_ACCESS_TOKEN"),
        (401, "ERR_AUTH"),
        (403, "DUPLICATED_REF"),
        (403, "INSUFFICIENT_BALANCE"),
        (400, "ERR_VALIDATION"),
        (404, "NOT_FOUND"),
        (429, "RATE_LIMIT_EXCEEDED"),
        (500, "INTERNAL_ERROR"),
        (503, "ERR_SERVICE"),
    ],
)
def test_a_code_with_its_documented_status_keeps_it(judge, refused, status, code):
    assert judge(refused(status, code)) == [KEPT]


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (409, "DUPLICATED_REF", "DUPLICATED_REF with status 403"),
        (402, "NO_BALANCE", "NO_BALANCE with status 403"),
        (200, "NOT_FOUND", "NOT_FOUND with status 404"),
        (422, "ERR_VALIDATION", "ERR_VALIDATION with status 400"),
    ],
)
def test_a_code_with_another_status_breaks_it(judge, refused, status, code, expected):
    [breach] = judge(refused(status, code))
    assert breach.expected == expected
    assert breach.observed == f"{status} {code}"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, code, status)


def test_an_inferred_status_is_only_inferred(judge, refused):
    [breach] = judge(refused(422, "ERR_PHONE"))
    assert breach.basis.provenance is Provenance.INFERRED


@pytest.mark.parametrize("status", [400, 403, 404, 409, 503])
@pytest.mark.parametrize("code", ["ERR_STOCK", "INVALID_PHONE"])
def test_a_code_without_a_documented_status_comes_with_any(judge, refused, status, code):
    assert judge(refused(status, code)) == []


def test_a_code_of_no_catalogue_is_another_rules_matter(judge, refused):
    assert judge(refused(400, "SOMETHING_ELSE")) == []


def test_an_answer_without_a_code_does_not_concern_it(judge, accepted, answered):
    assert (
        judge(
            accepted({"balance": 1}), answered(302), answered(204), answered(502, b"<html>", content_type="text/html")
        )
        == []
    )


@pytest.mark.parametrize("status", [405, 406, 415])
def test_a_status_of_http_itself_may_borrow_a_code_where_none_is_promised(judge, refused, status):
    assert judge(refused(status, "ERR_VALIDATION", fails="wrong-media-type")) == []
    assert judge(refused(status, "NOT_FOUND")) == []


@pytest.mark.parametrize("status", [413, 414, 431])
def test_a_request_refused_for_its_size_may_borrow_a_code_whatever_else_is_wrong(judge, refused, status):
    assert judge(refused(status, "ERR_VALIDATION", fails="malformed-body/deeply nested")) == []


def test_a_status_of_http_itself_is_no_excuse_where_a_code_is_promised(judge, refused):
    [breach] = judge(refused(405, "ERR_VALIDATION", fails="invalid-phone/text"))
    assert breach.status == 405
