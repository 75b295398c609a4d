import base64
import json

import run_errorcontract
import run_schemathesis
from processes import Ended

ENDED = Ended(code=1, seconds=4.0, peak_mib=100.0, output="")
BODY = base64.b64encode(b'{"success": false, "error": {"code": "NOT_FOUND"}}').decode()


def event(name="a_check", message="first line\nsecond", body=BODY, status="failure"):
    failure = {"type": "SomeFailure", "title": "Some failure", "operation": None, "message": message}
    check = {"name": name, "status": status, "failure_info": {"failure": failure}}
    recorder = {
        "label": "GET /things",
        "checks": {"c1": [{"name": "another", "status": "success"}, check]},
        "interactions": {"c1": {"response": {"status_code": 404, "content": {"$base64": body}}}},
    }
    return json.dumps({"ScenarioFinished": {"recorder": recorder}})


def test_findings_are_read_with_rules_and_stats():
    findings = [
        {"id": "a1", "rule": "code-status", "severity": "error", "operation": "send"},
        {"id": "b2", "rule": "hint-valid", "severity": "warning", "operation": "send"},
    ]
    report = {"runs": [{"stats": {"requests": 9, "seconds": 2.0}, "complete": True, "findings": findings}]}

    figures = run_errorcontract.figures(report, ENDED)

    assert (figures["requests"], figures["seconds"], figures["wall"]) == (9, 2.0, 4.0)
    assert figures["rules"] == ["code-status", "hint-valid"]
    assert figures["failures"] == ["error | code-status | send | a1", "warning | hint-valid | send | b2"]


def test_failures_are_told_apart_by_check_operation_status_and_code():
    told = run_schemathesis.failures_in([event(), event(message="another case"), '{"PhaseStarted": {}}'], [])

    assert told == ["a_check | SomeFailure | Some failure |  | GET /things | 404 | NOT_FOUND"]


def test_failures_of_the_own_check_are_told_apart_by_their_promise():
    told = run_schemathesis.failures_in([event("error_envelope", "no id"), event("error_envelope", "no code")], [])

    assert len(told) == 2


def test_an_answer_without_a_code_is_told_without_one():
    told = run_schemathesis.failures_in([event(body=base64.b64encode(b"<html>").decode())], [])

    assert told[0].endswith("| 404 | -")


def test_errors_count_as_failures():
    assert run_schemathesis.failures_in([], ['{"title": "broken off"}']) == ['error | {"title": "broken off"}']


def test_a_report_is_read_with_its_own_duration():
    report = {
        "running_time": 2.5,
        "test_cases": {"generated": 7, "unique_failures": 1},
        "complete": True,
        "errors": [{"title": "broken off", "message": "at 0x7f"}, {"title": "broken off", "message": "at 0x8f"}],
    }

    figures = run_schemathesis.figures(report, ENDED)

    assert (figures["seconds"], figures["cases"], figures["wall"]) == (2.5, 7, 4.0)
    assert figures["errors"] == ['{"title": "broken off"}']
