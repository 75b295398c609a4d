from __future__ import annotations

import pytest

from errorcontract.rules import KEPT

FAILED = {"properties": {"status": {"enum": [400, 500]}, "headers": {"required": ["x-traced"]}}}
INFO = {"properties": {"body": {"properties": {"info": {"required": ["requestId"]}}, "required": ["info"]}}}
TRACED = (("X-Traced", "yes"),)


@pytest.mark.parametrize("status", [400, 500])
def test_the_info_where_it_is_promised_keeps_it(judge, answered, shaped, status):
    asked = answered(status, {"info": {"requestId": "t-1"}}, headers=TRACED)
    assert judge(asked, promised=shaped(INFO, FAILED)) == [KEPT]


@pytest.mark.parametrize("body", [{}, {"info": {}}])
def test_an_error_without_it_breaks_it(judge, answered, shaped, body):
    [breach] = judge(answered(500, body, headers=TRACED), promised=shaped(INFO, FAILED))
    assert "is a required property" in breach.observed
    assert breach.operation is None


def test_other_answers_need_none(judge, answered, shaped, promising):
    assert judge(answered(404, {}, headers=TRACED), answered(400, {}), promised=shaped(INFO, FAILED)) == []
    assert judge(answered(400, {}, headers=TRACED), promised=promising()) == []


def test_of_two_headers_of_one_name_the_first_counts(judge, answered, shaped):
    promised = shaped({"properties": {"headers": {"properties": {"x-traced": {"const": "yes"}}}}})
    assert judge(answered(400, {}, headers=(*TRACED, ("x-traced", "no"))), promised=promised) == [KEPT]
