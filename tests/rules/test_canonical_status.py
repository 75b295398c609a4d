from __future__ import annotations

import pytest

from errorcontract.model import Canonical
from errorcontract.rules import KEPT

STATUSES = {"INVALID_ARGUMENT": 400, "FAILED_PRECONDITION": 400, "NOT_FOUND": 404, "ABORTED": 409, "UNIMPLEMENTED": 501}


@pytest.fixture
def named(promising, basis):
    return promising(canonical=Canonical(pointer="/error/status", statuses=STATUSES, basis=basis))


@pytest.fixture
def told(answered):
    return lambda status, name: answered(status, {"error": {"status": name}})


@pytest.mark.parametrize("name", STATUSES)
def test_a_name_with_its_status_keeps_it(judge, told, named, name):
    assert judge(told(STATUSES[name], name), promised=named) == [KEPT]


@pytest.mark.parametrize(
    ("status", "name"), [(404, "INVALID_ARGUMENT"), (400, "NOT_FOUND"), (500, "ABORTED"), (422, "INVALID_ARGUMENT")]
)
def test_a_name_with_another_status_breaks_it(judge, told, named, status, name):
    [breach] = judge(told(status, name), promised=named)
    assert (breach.expected, breach.observed) == (
        f"{name} with status {STATUSES[name]}",
        f"{name} with status {status}",
    )
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, name, status)


@pytest.mark.parametrize("name", ["BAD_REQUEST", "not_found", "", "X\ud800"])
def test_a_name_that_is_none_breaks_it(judge, told, named, name):
    [breach] = judge(told(404, name), promised=named)
    assert (breach.expected, breach.cause) == ("a canonical name", "no canonical name")


def test_a_name_that_is_the_code_as_well_is_judged_as_a_code(judge, answered, promising, basis):
    as_code = promising(canonical=Canonical(pointer="/error/code", statuses=STATUSES, basis=basis))
    assert judge(answered(404, {"error": {"code": "SOMETHING"}}), promised=as_code) == []
    assert judge(answered(404, {"error": {"code": "NOT_FOUND"}}), promised=as_code) == [KEPT]


@pytest.mark.parametrize("status", [405, 413, 415, 502])
def test_a_status_that_no_name_has_goes_with_any(judge, told, named, status):
    assert judge(told(status, "UNIMPLEMENTED"), told(status, "INVALID_ARGUMENT"), promised=named) == []


@pytest.mark.parametrize("body", [{}, {"error": {"status": 5}}, {"error": {"status": None}}, b"<html>"])
def test_what_is_no_text_is_the_envelopes_matter(judge, answered, named, body):
    assert judge(answered(404, body), promised=named) == []


def test_it_speaks_of_errors_and_where_it_is_promised(judge, told, named):
    assert judge(told(200, "NOT_FOUND"), promised=named) == []
    assert judge(told(500, "NOT_FOUND")) == []
