from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.mark.parametrize(
    ("status", "code", "cause"),
    [
        (401, "MISSING_ACCESS_TOKEN", "missing-credentials"),
        (401, "INVALID_ACCESS_TOKEN", "wrong-credentials"),
        (401, "ERR_AUTH", "wrong-credentials"),
        (403, "NO_BALANCE", "insufficient-balance"),
        (403, "INSUFFICIENT_BALANCE", "insufficient-balance"),
        (400, "ERR_VALIDATION", "invalid-phone/text"),
        (400, "ERR_PHONE", "invalid-phone/text"),
        (400, "INVALID_PHONE", "invalid-phone/text"),
        (400, "ERR_VALIDATION", "unknown-plan"),
        (404, "NOT_FOUND", "unknown-plan"),
        (403, "DUPLICATED_REF", "duplicate-reference"),
        (404, "NOT_FOUND", "unknown-resource"),
    ],
)
def test_each_of_the_codes_of_a_cause_keeps_it(judge, refused, status, code, cause):
    assert judge(refused(status, code, fails=cause)) == [KEPT]


def test_the_code_of_another_cause_breaks_it(judge, refused):
    [breach] = judge(refused(401, "INVALID_ACCESS_TOKEN", fails="missing-credentials"))
    assert breach.expected == "MISSING_ACCESS_TOKEN"
    assert breach.observed == "401 INVALID_ACCESS_TOKEN"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (
        "sendTopUp",
        "missing-credentials",
        "INVALID_ACCESS_TOKEN",
        None,
    )


def test_the_class_of_a_value_is_no_part_of_the_cause(judge, refused):
    [breach] = judge(refused(404, "NOT_FOUND", fails="invalid-amount/negative"))
    assert breach.cause == "invalid-amount"


def test_all_names_of_the_cause_are_expected(judge, refused):
    [breach] = judge(refused(400, "ERR_VALIDATION", fails="insufficient-balance"))
    assert breach.expected == "INSUFFICIENT_BALANCE or NO_BALANCE"


def test_an_inferred_cause_is_only_inferred(judge, refused):
    [breach] = judge(refused(403, "DUPLICATED_REF", fails="number-of-another-operator"))
    assert breach.basis.provenance is Provenance.INFERRED


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, "RATE_LIMIT_EXCEEDED"),
        (403, "IP_BLOCKED"),
        (403, "NO_BALANCE"),
        (403, "INSUFFICIENT_BALANCE"),
        (409, "ERR_STOCK"),
    ],
)
def test_a_documented_state_that_passes_comes_before_any_cause(judge, refused, status, code):
    assert judge(refused(status, code, fails="invalid-phone/text")) == []


def test_no_money_is_no_excuse_where_the_account_holds_far_more(judge, refused):
    [breach] = judge(refused(403, "NO_BALANCE", fails="invalid-amount/huge", affordable=True))
    assert breach.code == "NO_BALANCE"


def test_a_passing_state_with_a_wrong_status_excuses_nothing(judge, refused):
    [breach] = judge(refused(400, "RATE_LIMIT_EXCEEDED", fails="invalid-phone/text"))
    assert breach.code == "RATE_LIMIT_EXCEEDED"


def test_where_a_cause_has_a_status_and_no_code_the_status_counts(judge, refused):
    assert judge(refused(404, "NOT_FOUND", fails="unknown-route")) == [KEPT]
    [breach] = judge(refused(403, "DUPLICATED_REF", fails="unknown-route"))
    assert (breach.expected, breach.observed, breach.status) == ("404", "403 DUPLICATED_REF", 403)


def test_a_status_is_left_alone_where_the_code_says_why_and_comes_with_a_wrong_one(judge, refused):
    assert judge(refused(405, "ERR_VALIDATION", fails="unknown-route")) == []


def test_a_cause_with_neither_code_nor_status_is_not_judged(judge, refused):
    assert judge(refused(405, "ERR_VALIDATION", fails="wrong-method")) == []


def test_a_good_request_beyond_the_limit_is_refused_for_the_limit(judge, refused):
    told = {"copy": 0, "name": "burst"}
    assert judge(refused(429, "RATE_LIMIT_EXCEEDED", **told), about="burst") == [KEPT]
    [breach] = judge(refused(403, "DUPLICATED_REF", **told), about="burst")
    assert (breach.cause, breach.expected) == ("rate-limit", "RATE_LIMIT_EXCEEDED")


def test_nothing_is_promised_where_either_outcome_is_right(judge, refused):
    assert judge(refused(400, "NOT_FOUND")) == []


def test_a_code_of_no_catalogue_is_another_rules_matter(judge, refused):
    assert judge(refused(400, "BAD_PHONE", fails="invalid-phone/text")) == []


def test_successes_failures_of_the_server_and_bodiless_answers_do_not_concern_it(judge, accepted, refused, answered):
    asked = {"fails": "invalid-phone/text"}
    others = (
        accepted(**asked),
        refused(500, "INTERNAL_ERROR", **asked),
        refused(503, "ERR_SERVICE", **asked),
        answered(401, **asked),
    )
    assert judge(*others) == []
