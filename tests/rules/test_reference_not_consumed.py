from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.fixture
def bad(refused):
    return refused(400, "ERR_VALIDATION", name="refused", fails="invalid-amount/negative")


def test_a_corrected_request_that_is_accepted_keeps_it(judge, bad, accepted):
    assert judge(bad, accepted(name="corrected", works="dynamic plan"), about="freed") == [KEPT]


def test_a_corrected_request_refused_as_a_duplicate_breaks_it(judge, bad, refused):
    [breach] = judge(bad, refused(403, "DUPLICATED_REF", name="corrected", works="dynamic plan"), about="freed")
    assert (breach.expected, breach.observed) == ("success of the corrected request", "403 DUPLICATED_REF")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (
        "sendTopUp",
        "invalid-amount/negative",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("status", "code"),
    [(429, "RATE_LIMIT_EXCEEDED"), (403, "NO_BALANCE"), (400, "ERR_VALIDATION"), (500, "INTERNAL_ERROR")],
)
def test_a_refusal_for_another_reason_is_another_rules_matter(judge, bad, refused, status, code):
    assert judge(bad, refused(status, code, name="corrected", works="dynamic plan"), about="freed") == []


def test_a_bad_request_that_was_accepted_or_failed_has_used_its_reference(judge, accepted, refused, unanswered):
    corrected = refused(403, "DUPLICATED_REF", name="corrected", works="dynamic plan")
    asked = {"name": "refused", "fails": "invalid-amount/negative"}
    for first in (
        accepted(**asked),
        refused(500, "INTERNAL_ERROR", **asked),
        unanswered("the connection broke off", **asked),
    ):
        assert judge(first, corrected, about="freed") == []


def test_other_stories_do_not_concern_it(judge, bad, refused):
    assert judge(bad, refused(403, "DUPLICATED_REF", name="corrected"), about="single") == []
    assert judge(bad, about="freed") == []


def test_an_order_that_was_too_much_leaves_its_reference_free(judge, refused, accepted):
    unpaid = refused(403, "NO_BALANCE", name="too-much", fails="insufficient-balance")
    assert judge(unpaid, accepted(name="corrected"), about="overdraft") == [KEPT]
    [breach] = judge(unpaid, refused(403, "DUPLICATED_REF", name="corrected"), about="overdraft")
    assert breach.cause == "insufficient-balance"


@pytest.fixture
def beside(refused):
    """Refused requests of a race, with numbers from one on."""
    return [refused(400, "ERR_VALIDATION", name="refused", copy=copy, fails="invalid-amount") for copy in (0, 2, 3)]


def test_a_reference_that_refused_rivals_used_up_breaks_it(judge, beside, refused):
    good = refused(403, "DUPLICATED_REF", name="good", copy=1)
    last = refused(403, "DUPLICATED_REF", name="corrected")
    [breach] = judge(beside[0], good, *beside[1:], last, about="freed-at-once")
    assert breach.cause == "invalid-amount"


def test_a_good_request_that_comes_after_its_refused_rivals_keeps_it(judge, beside, refused, accepted):
    good = refused(403, "DUPLICATED_REF", name="good", copy=1)
    assert judge(beside[0], good, *beside[1:], accepted(name="corrected"), about="freed-at-once") == [KEPT]


def test_a_good_rival_that_was_accepted_or_whose_answer_was_lost_may_have_the_reference(
    judge, beside, refused, accepted, unanswered
):
    last = refused(403, "DUPLICATED_REF", name="corrected")
    for good in (accepted(name="good", copy=1), unanswered("the connection broke off", name="good", copy=1)):
        assert judge(beside[0], good, *beside[1:], last, about="freed-at-once") == []
