from __future__ import annotations

import pytest

from errorcontract.rules import KEPT

LISTED = {"properties": {"body": {"required": ["errors"]}}}


def kind(**members):
    return {"properties": {name: {"const": value} for name, value in members.items()}}


@pytest.mark.parametrize(
    "when",
    [
        kind(status=400),
        kind(code="ERR_PHONE"),
        kind(operation="sendTopUp"),
        kind(cause="invalid-phone"),
        kind(status=400, code="ERR_PHONE", operation="sendTopUp", cause="invalid-phone"),
    ],
)
def test_an_answer_of_the_kind_is_judged(judge, answered, shaped, when):
    error = {"error": {"code": "ERR_PHONE"}}
    refused = {"fails": "invalid-phone/text"}
    assert judge(answered(400, error | {"errors": []}, **refused), promised=shaped(LISTED, when)) == [KEPT]
    [breach] = judge(answered(400, error, **refused), promised=shaped(LISTED, when))
    assert breach.operation == ("sendTopUp" if "operation" in when["properties"] else None)
    assert breach.cause == "the-shape-of-these-tests"


@pytest.mark.parametrize(
    "when", [kind(status=404), kind(code="NO_BALANCE"), kind(operation="checkNumber"), kind(cause="invalid-amount")]
)
def test_an_answer_of_another_kind_is_not(judge, answered, shaped, when):
    asked = answered(400, {"error": {"code": "ERR_PHONE"}}, fails="invalid-phone/text")
    assert judge(asked, promised=shaped(LISTED, when)) == []


@pytest.mark.parametrize(
    "more",
    [
        {"works": "4G", "operation": "checkNumber"},
        {},
        {"fails": "insufficient-balance"},
        {"fails": "invalid-phone/text", "body": {"error": {"code": "NO_BALANCE"}}},
        {"fails": "unspecified-here"},
    ],
)
def test_a_refusal_for_another_reason_than_the_asked_one_has_no_cause(judge, answered, shaped, more):
    body = {"error": {"code": "ERR_PHONE"}} | more.pop("body", {})
    unknown = shaped(LISTED, {"properties": {"cause": {"type": "string"}}})
    assert judge(answered(400, body, **more), promised=unknown) == []


def test_a_state_that_passes_is_not_the_cause_that_was_asked_for(judge, answered, shaped):
    asked = answered(429, {}, fails="invalid-phone/text", codes=frozenset())
    assert judge(asked, promised=shaped(LISTED, kind(cause="invalid-phone"))) == []


def test_without_shapes_nothing_is_said(judge, answered, promising):
    assert judge(answered(400, {}), promised=promising()) == []


FREE = {"properties": {"body": {"properties": {"free": {"format": "future-time"}, "gone": {"format": "past-time"}}}}}
NOON = 1756814400.0  # 2025-09-02T12:00:00Z


@pytest.mark.parametrize(
    "body",
    [
        {"free": "2025-09-10T12:00:00Z", "gone": "2020-01-01T00:00:00Z"},
        {"free": "2025-09-02T14:00:00+01:00", "gone": "2025-09-02T12:00:00.500Z"},
        {"free": 5, "gone": None},
    ],
)
def test_a_shape_may_ask_for_times_before_and_after_the_answer(judge, answered, shaped, body):
    assert judge(answered(400, body, started=NOON), promised=shaped(FREE)) == [KEPT]


@pytest.mark.parametrize(
    "body",
    [
        {"free": "2025-09-01T12:00:00Z"},
        {"free": "soon"},
        {"free": "2025-09-10T12:00:00"},
        {"gone": "2025-09-02T13:00:00Z"},
        {"gone": ""},
    ],
)
def test_another_time_breaks_it(judge, answered, shaped, body):
    [breach] = judge(answered(400, body, started=NOON), promised=shaped(FREE))
    assert breach.observed.startswith(f"/body/{next(iter(body))}: ")


def test_a_clock_of_ours_that_is_wrong_breaks_nothing(judge, answered, shaped):
    body = {"free": "2025-09-10T12:00:00Z"}
    clock = (("Date", "Tue, 09 Sep 2025 12:00:00 GMT"),)
    later = NOON + 30 * 86400
    assert judge(answered(400, body, started=later, headers=clock), promised=shaped(FREE)) == [KEPT]
    assert KEPT not in judge(answered(400, body, started=later), promised=shaped(FREE))
