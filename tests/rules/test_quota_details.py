from __future__ import annotations

import pytest

from errorcontract.rules import KEPT

TOO_MANY = {"properties": {"status": {"const": 429}}}
QUOTA = {
    "properties": {
        "body": {
            "properties": {"violations": {"minItems": 1}, "retryDelay": {"pattern": "^[0-9.]+s$"}},
            "required": ["violations"],
        }
    }
}


@pytest.mark.parametrize("more", [{}, {"retryDelay": "30s"}])
def test_a_refusal_that_names_its_quota_keeps_it(judge, answered, shaped, more):
    body = {"violations": [{"subject": "project"}]} | more
    assert judge(answered(429, body), promised=shaped(QUOTA, TOO_MANY)) == [KEPT]


@pytest.mark.parametrize("body", [{}, {"violations": []}, {"violations": [1], "retryDelay": "soon"}])
def test_one_that_does_not_breaks_it(judge, answered, shaped, body):
    [breach] = judge(answered(429, body), promised=shaped(QUOTA, TOO_MANY))
    assert breach.expected == "the shape of these tests"


def test_other_refusals_have_no_quota(judge, answered, shaped, promising):
    assert judge(answered(400, {}), answered(503, {}), promised=shaped(QUOTA, TOO_MANY)) == []
    assert judge(answered(429, {}), promised=promising()) == []
