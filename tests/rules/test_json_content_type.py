from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=UTF-8",
        "application/problem+json",
        "application/vnd.api+json; v=1",
    ],
)
def test_every_name_of_json_keeps_it(judge, answered, kind):
    assert judge(answered(404, {}, content_type=kind), answered(200, {}, content_type=kind)) == [KEPT, KEPT]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("text/html; charset=utf-8", "text/html"),
        ("text/plain", "text/plain"),
        ("", "(none)"),
        (None, "(none)"),
        ("json", "json"),
    ],
)
def test_json_under_another_name_breaks_it(judge, answered, kind, told):
    [breach] = judge(answered(401, {}, content_type=kind))
    assert (breach.expected, breach.observed) == ("Content-Type: application/json", f"Content-Type: {told}")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, None, 401)


def test_what_is_not_json_is_another_rules_matter(judge, answered):
    assert judge(answered(404, b"<html>", content_type="text/html"), answered(404, b"", content_type=None)) == []


@pytest.mark.parametrize(
    ("status", "method"), [(204, "GET"), (304, "GET"), (404, "HEAD"), (204, "OPTIONS"), (302, "GET")]
)
def test_answers_that_need_no_body_do_not_concern_it(judge, answered, status, method):
    assert judge(answered(status, b"", method=method, content_type=None)) == []


@pytest.fixture
def problems(contract):
    """A contract whose errors are problem details."""
    return replace(contract, media_types=frozenset({"application/problem+json"}))


def test_the_documented_media_type_of_errors_keeps_it(judge, answered, problems):
    asked = answered(404, {}, content_type="application/problem+json; charset=utf-8")
    assert judge(asked, promised=problems) == [KEPT]


@pytest.mark.parametrize("kind", ["application/json", "application/vnd.api+json", "text/html"])
def test_another_media_type_of_errors_breaks_it(judge, answered, problems, kind):
    [breach] = judge(answered(404, {}, content_type=kind), promised=problems)
    assert (breach.expected, breach.observed) == ("Content-Type: application/problem+json", f"Content-Type: {kind}")


def test_a_success_is_json_of_any_name_all_the_same(judge, answered, problems):
    assert judge(answered(200, {}, content_type="application/json"), promised=problems) == [KEPT]
