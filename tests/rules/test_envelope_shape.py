from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT

FRAMEWORK = {"message": "Cannot GET /v3/nothing", "error": "Not Found", "statusCode": 404}


def error(**members):
    return {"success": False, "error": {"code": "NOT_FOUND", "message": "Nothing"} | members}


def test_the_error_envelope_keeps_it(judge, refused):
    assert judge(refused(404, "NOT_FOUND")) == [KEPT]


def test_the_success_envelope_keeps_it(judge, accepted):
    assert judge(accepted({"balance": 1})) == [KEPT]


@pytest.mark.parametrize(
    "body",
    [
        error(message="غير موجود"),
        error(message='He said "no"'),
        error(details={}),
        error(details={"field": "a", "value": None}),
        error(traceGroup="eu-1"),
        error() | {"meta": {"timestamp": "2025-10-29T00:36:12.345Z"}},
        error() | {"extra": [1]},
        error(code="SOMETHING_ELSE"),
    ],
)
def test_other_messages_details_and_further_members_are_legal(judge, answered, body):
    assert judge(answered(404, body), answered(404, body, request_id=None)) == [KEPT, KEPT]


@pytest.mark.parametrize(
    "body", [{"success": True, "data": {}}, {"success": True, "data": {"a": 1}, "meta": {}, "more": 1}]
)
def test_a_success_may_lack_meta_and_request_id(judge, answered, body):
    assert judge(answered(200, body, request_id=None), answered(201, body), answered(202, body)) == [KEPT] * 3


@pytest.mark.parametrize(
    ("body", "observed"),
    [
        (FRAMEWORK, '/error: "Not Found" is not of type "object"'),
        ({"success": False, "error": "Not found"}, "/error: "),
        ({"success": False}, 'the body: "error" is a required property'),
        (error(code=""), "/error/code: "),
        (error(code="notFound"), "/error/code: "),
        (error(code=404), "/error/code: "),
        (error(message=" "), "/error/message: "),
        (error(message=None), "/error/message: "),
        (error(details=[]), "/error/details: "),
        (error() | {"requestId": 7}, "/requestId: "),
        ([], 'the body: [] is not of type "object"'),
        (None, "the body: "),
        ("text", "the body: "),
        (5, "the body: "),
    ],
)
def test_an_error_of_another_form_breaks_it(judge, answered, body, observed):
    [breach] = judge(answered(404, body, request_id=None))
    assert breach.expected == "the error envelope"
    assert breach.observed.startswith(observed)
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.status) == (None, None, 404)


def test_the_code_is_part_of_the_fingerprint(judge, refused):
    [breach] = judge(refused(403, "DUPLICATED_REF", message=""))
    assert (breach.code, breach.status) == ("DUPLICATED_REF", 403)


@pytest.mark.parametrize("body", [{"success": True}, {"success": True, "data": []}, {"balance": 1}])
def test_a_success_of_another_form_breaks_it(judge, answered, body):
    [breach] = judge(answered(200, body))
    assert breach.expected == "the success envelope"


def test_an_error_with_a_soft_status_is_judged_as_an_error(judge, refused):
    assert judge(refused(200, "NOT_FOUND")) == [KEPT]


@pytest.mark.parametrize("flag", [True, "false", None])
def test_the_success_flag_is_another_rules_matter(judge, answered, flag):
    assert judge(answered(404, error() | {"success": flag})) == [KEPT]
    assert judge(answered(404, {"error": error()["error"]})) == [KEPT]


def test_what_is_not_json_or_may_have_no_body_does_not_concern_it(judge, answered):
    others = [
        answered(404, b"not found"),
        answered(204),
        answered(304),
        answered(404, method="HEAD"),
        answered(200, method="OPTIONS"),
        answered(302, b"{}"),
        answered(200, b"[1, 2", cut="longer than the limit"),
    ]
    assert judge(*others) == []


def test_texts_that_no_validator_takes_are_judged_all_the_same(judge, answered):
    escaped = b'{"success": false, "error": {"code": "NOT_FOUND", "message": "no \\ud800 here"}, "requestId": "req_1"}'
    assert judge(answered(404, escaped)) == [KEPT]
    [breach] = judge(answered(404, escaped.replace(b"NOT_FOUND", b"X\\ud800")))
    assert breach.observed.startswith("/error/code")


def test_a_member_nested_hundreds_deep_breaks_it(judge, answered):
    deep = b'{"success": false, "error": {"code": "NOT_FOUND", "message": %s}}' % (b"[" * 400 + b"]" * 400)
    [breach] = judge(answered(404, deep))
    assert breach.observed == "the body: nested deeper than any documented body"


def test_details_nested_hundreds_deep_are_legal(judge, answered):
    deep = b'{"success": false, "error": {"code": "NOT_FOUND", "message": "x", "details": {"value": %s}}}' % (
        b"[" * 400 + b"]" * 400
    )
    assert judge(answered(404, deep)) == [KEPT]
