"""What counts as reached."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from errorcontract.reporting import Report, coverage_of
from errorcontract.reporting.coverage import CodeCoverage


def codes(report: Report) -> dict[str, CodeCoverage]:
    return {one.info.code: one for one in coverage_of(report.runs[0]).codes}


def test_a_code_that_came_is_provoked_and_its_statuses_are_judged(report: Report) -> None:
    found = codes(report)["ERR_VALIDATION"]
    assert (found.provoked, dict(found.seen), found.right, found.wrong) == (True, {"400": 8, "422": 1}, 8, 1)


def test_an_alias_that_came_provokes_the_other_name_too(report: Report) -> None:
    found = codes(report)["INVALID_ACCESS_TOKEN"]
    assert (found.provoked, found.answered_as, found.why_not) == (True, ("ERR_AUTH",), None)


def test_another_code_for_a_cause_is_no_alias(sample: ModuleType, reads: Any) -> None:
    lines = [
        sample.run(),
        sample.tally(causes={"bad-key": {"sent": 2, "answered": {"NOT_FOUND": 2}}}, codes={"NOT_FOUND": {"404": 2}}),
    ]
    found = codes(reads(lines))["INVALID_ACCESS_TOKEN"]
    assert not found.provoked
    assert found.why_not == "asked for 2 times, and another answer came"


def test_an_alias_holds_for_its_cause_only(sample: ModuleType, reads: Any) -> None:
    causes = [{"id": "one", "codes": ["ERR_AUTH", "ERR_PHONE"]}, {"id": "two", "codes": ["ERR_AUTH", "NOT_FOUND"]}]
    lines = [
        sample.run(causes=causes),
        sample.tally(codes={}, causes={"two": {"sent": 1, "answered": {"ERR_PHONE": 1}}}),
    ]
    assert not codes(reads(lines))["ERR_AUTH"].provoked


def test_the_class_of_a_value_does_not_hide_its_cause(sample: ModuleType, reads: Any) -> None:
    causes = {"bad-key/empty": {"sent": 1, "answered": {"ERR_AUTH": 1}}, "bad-key/long": {"sent": 1, "answered": {}}}
    assert codes(reads([sample.run(), sample.tally(causes=causes, codes={})]))["INVALID_ACCESS_TOKEN"].provoked


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("RATE_LIMIT_EXCEEDED", "the budget of 400 requests went to cases that tell more"),
        ("NO_BALANCE", "no selected question asks for it"),
        ("INTERNAL_ERROR", "needs a failure inside the target"),
    ],
)
def test_a_code_that_did_not_come_says_why(report: Report, code: str, why: str) -> None:
    assert codes(report)[code].why_not == why


@pytest.mark.parametrize(("code", "status"), [("NOT_FOUND", 404), ("INTERNAL_ERROR", [500, 503]), ("ERR_STOCK", None)])
def test_a_status_is_a_number_a_list_or_nothing(report: Report, code: str, status: object) -> None:
    assert codes(report)[code].status == status


def test_where_no_status_is_documented_none_is_wrong(sample: ModuleType, reads: Any) -> None:
    found = codes(reads([sample.run(), sample.tally(codes={"ERR_STOCK": {"409": 3}})]))["ERR_STOCK"]
    assert (found.right, found.wrong) == (3, 0)


def test_operations_and_rules_are_summed_and_the_silent_ones_stay(report: Report) -> None:
    found = coverage_of(report.runs[0])
    assert {one.operation: (one.requests, one.accepted, one.rejected) for one in found.operations}["checkById"] == (
        17,
        0,
        17,
    )
    assert {one.operation: one.requests for one in found.operations}["placeOrder"] == 0
    assert {one.rule: (one.judged, one.broken) for one in found.rules}["json-body"] == (59, 2)
    assert {one.rule: one.left_out for one in found.rules}["localized-message"] is not None


def test_the_matrix_tells_rules_by_operation(report: Report) -> None:
    cells = coverage_of(report.runs[0]).matrix
    assert (cells["sendTopUp", "invalid-input-rejected"], cells[None, "json-body"]) == ((11, 2), (6, 1))
    assert ("placeOrder", "json-body") not in cells


def test_codes_that_the_contract_does_not_list_are_told(report: Report) -> None:
    assert dict(coverage_of(report.runs[0]).unlisted) == {"E_TEAPOT": {"418": 1}}
