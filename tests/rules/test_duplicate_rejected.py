from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT

AGAIN = {"fails": "duplicate-reference"}


@pytest.fixture
def first(accepted):
    return accepted(name="first", works="dynamic plan")


def test_a_refused_second_use_keeps_it(judge, first, refused):
    assert judge(first, refused(403, "DUPLICATED_REF", name="second", **AGAIN), about="duplicate") == [KEPT]


def test_every_further_use_is_judged(judge, first, refused):
    uses = [refused(403, "DUPLICATED_REF", name=name, **AGAIN) for name in ("second", "third")]
    assert judge(first, *uses, about="duplicate") == [KEPT, KEPT]


@pytest.mark.parametrize(
    ("status", "code"), [(429, "RATE_LIMIT_EXCEEDED"), (403, "NO_BALANCE"), (400, "ERR_VALIDATION")]
)
def test_a_refusal_for_another_reason_keeps_it_too(judge, first, refused, status, code):
    assert judge(first, refused(status, code, name="second", **AGAIN), about="duplicate") == [KEPT]


def test_an_accepted_second_use_breaks_it(judge, first, accepted):
    [breach] = judge(first, accepted(name="second", **AGAIN), about="duplicate", variant="other body")
    assert (breach.expected, breach.observed) == ("a refusal of the second use", "200, accepted")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (
        "sendTopUp",
        "duplicate-reference/other body",
        None,
        None,
    )


def test_an_accepted_third_use_breaks_it(judge, first, refused, accepted):
    second, third = refused(403, "DUPLICATED_REF", name="second", **AGAIN), accepted(name="third", **AGAIN)
    kept, breach = judge(first, second, third, about="duplicate")
    assert kept is KEPT
    assert breach.cause == "duplicate-reference/the third time"


def test_one_defect_is_told_once(judge, first, accepted):
    uses = [accepted(name=name, **AGAIN) for name in ("second", "third")]
    assert len(judge(first, *uses, about="duplicate")) == 1


def test_a_first_use_that_failed_leaves_nothing_to_judge(judge, refused, accepted):
    first = refused(403, "NO_BALANCE", name="first", works="dynamic plan")
    assert judge(first, accepted(name="second", **AGAIN), about="duplicate") == []


def test_a_second_use_that_makes_the_server_fail_is_another_rules_matter(judge, first, refused, unanswered):
    assert judge(first, refused(500, "INTERNAL_ERROR", name="second", **AGAIN), about="duplicate") == []
    assert judge(first, unanswered("the connection broke off", name="second", **AGAIN), about="duplicate") == []


def test_the_same_reference_on_another_operation_does_not_concern_it(judge, first, accepted):
    assert judge(first, accepted(name="second", operation="sendInternetTopUp"), about="no-trace") == []
