from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT

CAUSE = "wrong-credentials"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "MISSING_ACCESS_TOKEN"),
        (401, "INVALID_ACCESS_TOKEN"),
        (401, "ERR_AUTH"),
        (404, "NOT_FOUND"),
        (400, "ERR_VALIDATION"),
    ],
)
def test_any_refusal_keeps_it(judge, refused, status, code):
    assert judge(refused(status, code, fails=CAUSE), about="credentials") == [KEPT]


@pytest.mark.parametrize(
    ("status", "code"),
    [(409, "ERR_STOCK"), (403, "NO_BALANCE"), (402, "NO_BALANCE"), (403, "IP_BLOCKED"), (429, "RATE_LIMIT_EXCEEDED")],
)
def test_a_state_that_passes_tells_nothing_of_the_credentials(judge, refused, status, code):
    assert judge(refused(status, code, fails=CAUSE), about="credentials") == []


def test_a_bodiless_refusal_of_head_keeps_it(judge, answered):
    assert judge(answered(401, method="HEAD", fails=CAUSE), answered(405, method="HEAD", fails=CAUSE)) == [KEPT, KEPT]


def test_an_operation_that_does_its_work_breaks_it(judge, accepted):
    [breach] = judge(
        accepted({"balance": 1}, operation="getBalance", fails=CAUSE), about="credentials", variant="nearly right 3"
    )
    assert breach.expected == "a refusal with ERR_AUTH or INVALID_ACCESS_TOKEN"
    assert breach.observed == "200"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == ("getBalance", "nearly right", None, None)


@pytest.mark.parametrize("status", [301, 302, 307])
def test_an_operation_that_points_elsewhere_breaks_it(judge, answered, status):
    [breach] = judge(answered(status, fails=CAUSE))
    assert breach.observed == str(status)


def test_an_answer_in_another_form_is_a_success_all_the_same(judge, answered):
    [breach] = judge(answered(200, b"<html>", content_type="text/html", fails=CAUSE))
    assert breach.observed == "200"


def test_a_refusal_with_a_soft_status_is_one(judge, refused):
    assert judge(refused(200, "INVALID_ACCESS_TOKEN", fails=CAUSE)) == [KEPT]


def test_a_server_that_fails_neither_keeps_nor_breaks_it(judge, refused, unanswered):
    assert judge(refused(500, "INTERNAL_ERROR", fails=CAUSE), unanswered("the connection broke off", fails=CAUSE)) == []


def test_other_causes_do_not_concern_it(judge, accepted):
    others = [
        accepted(works="balance"),
        accepted(fails="missing-credentials"),
        accepted(fails="invalid-phone/text"),
        accepted(),
    ]
    assert judge(*others) == []
