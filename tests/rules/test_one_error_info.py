from __future__ import annotations

import pytest

from errorcontract.rules import KEPT

KIND = "type.googleapis.com/google.rpc.ErrorInfo"
ONE = {
    "properties": {
        "body": {
            "properties": {
                "error": {
                    "properties": {
                        "details": {
                            "contains": {
                                "type": "object",
                                "properties": {"@type": {"const": KIND}},
                                "required": ["@type"],
                            },
                            "minContains": 1,
                            "maxContains": 1,
                        }
                    },
                    "required": ["details"],
                }
            }
        }
    }
}
OTHER = {"@type": "type.googleapis.com/google.rpc.Help", "links": []}
INFO = {"@type": KIND, "reason": "SOMETHING"}


@pytest.fixture
def told(answered):
    return lambda details, status=400, **more: answered(status, {"error": {"details": details}}, **more)


@pytest.mark.parametrize("details", [[INFO], [OTHER, INFO], [INFO, OTHER, OTHER]])
def test_one_among_others_keeps_it(judge, told, shaped, details):
    assert judge(told(details), promised=shaped(ONE)) == [KEPT]


@pytest.mark.parametrize("details", [[], [OTHER], [INFO, INFO], [INFO, OTHER, {**INFO, "reason": "OTHER"}]])
def test_none_or_two_break_it(judge, told, shaped, details):
    [breach] = judge(told(details), promised=shaped(ONE, title="Exactly one ErrorInfo (A2)"))
    assert breach.expected == "Exactly one ErrorInfo (A2)"
    assert breach.observed.startswith("/body/error/details: ")
    assert (breach.operation, breach.cause) == (None, "exactly-one-errorinfo-a2")
    assert (breach.code, breach.status) == (None, None)


def test_a_list_that_is_missing_breaks_it(judge, answered, shaped):
    [breach] = judge(answered(400, {"error": {}}), promised=shaped(ONE))
    assert breach.observed == '/body/error: "details" is a required property'


@pytest.mark.parametrize("body", [b"", b"<html>", b"{"])
def test_what_is_no_json_is_another_rules_matter(judge, answered, shaped, body):
    assert judge(answered(400, body), promised=shaped(ONE)) == []


def test_it_speaks_of_errors_and_where_it_is_promised(judge, told, shaped, promising):
    assert judge(told([], status=200), told([], method="HEAD"), promised=shaped(ONE)) == []
    assert judge(told([]), promised=promising()) == []


@pytest.mark.parametrize("depth", [100, 300, 900, 5000])
def test_no_depth_of_an_answer_stops_it(judge, answered, shaped, depth):
    body = b'{"error": {"details": %s}}' % (b"[" * depth + b"]" * depth)
    assert KEPT not in judge(answered(400, body), promised=shaped(ONE))


def test_a_lone_surrogate_stops_nothing(judge, told, shaped):
    assert judge(told([{**INFO, "reason": "\ud800"}]), promised=shaped(ONE)) == [KEPT]
    [breach] = judge(told(["\ud800"]), promised=shaped(ONE))
    assert breach.observed.encode()
