from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "ERR_VALIDATION"),
        (404, "NOT_FOUND"),
        (422, "OTHER"),
        (403, "NO_BALANCE"),
        (429, "RATE_LIMIT_EXCEEDED"),
        (413, "TOO_LARGE"),
    ],
)
def test_any_refusal_keeps_it(judge, refused, status, code):
    assert judge(refused(status, code, fails="invalid-amount/negative")) == [KEPT]


def test_a_refusal_without_a_body_or_with_a_soft_status_keeps_it(judge, answered, refused):
    assert judge(
        answered(400, fails="malformed-body/empty"), refused(200, "ERR_VALIDATION", fails="missing-field/ref")
    ) == [KEPT, KEPT]


def test_an_accepted_value_outside_the_range_breaks_it(judge, accepted):
    [breach] = judge(accepted(fails="invalid-amount/negative"))
    assert (breach.expected, breach.observed) == ("a refusal with ERR_VALIDATION", "200, accepted")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (
        "sendTopUp",
        "invalid-amount/negative",
        None,
        None,
    )


def test_each_class_of_values_is_a_defect_of_its_own(judge, accepted):
    breaches = judge(accepted(fails="invalid-phone/other digits"), accepted(fails="invalid-phone/too long"))
    assert len({breach.cause for breach in breaches}) == 2


def test_a_redirect_instead_of_a_refusal_breaks_it(judge, answered):
    [breach] = judge(answered(302, fails="invalid-phone/text"))
    assert breach.observed == "302"


def test_an_unknown_route_that_is_served_is_only_inferred(judge, accepted):
    [breach] = judge(accepted(operation=None, fails="unknown-route"))
    assert breach.expected == "a refusal with a 4xx"
    assert breach.basis.provenance is Provenance.INFERRED


@pytest.mark.parametrize(
    "cause", ["missing-credentials", "wrong-credentials", "duplicate-reference", "insufficient-balance", "locked-out"]
)
def test_credentials_references_and_money_have_rules_of_their_own(judge, accepted, cause):
    assert judge(accepted(fails=cause)) == []


def test_nothing_is_said_where_either_outcome_is_right(judge, accepted, refused):
    assert judge(accepted(), refused(400, "ERR_VALIDATION"), accepted(fails="no-such-cause")) == []


def test_a_good_request_does_not_concern_it(judge, accepted):
    assert judge(accepted(works="dynamic plan")) == []


def test_a_server_that_fails_is_another_rules_matter(judge, refused, unanswered):
    asked = {"fails": "invalid-amount/huge"}
    assert judge(refused(500, "INTERNAL_ERROR", **asked), unanswered("the connection broke off", **asked)) == []
