from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.fixture
def first(accepted):
    return accepted(name="first", works="dynamic plan")


def test_another_text_that_is_accepted_keeps_it(judge, first, accepted):
    assert judge(first, accepted(name="other case"), about="exact") == [KEPT]


def test_another_case_refused_as_used_breaks_it(judge, first, refused):
    [breach] = judge(first, refused(403, "DUPLICATED_REF", name="other case"), about="exact")
    assert (breach.expected, breach.observed) == ("a reference of its own", "403 DUPLICATED_REF")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (
        "sendTopUp",
        "other-reference/other case",
        None,
        None,
    )


@pytest.mark.parametrize("variant", ["padded", "long"])
def test_padding_and_length_are_only_inferred(judge, first, refused, variant):
    [breach] = judge(first, refused(403, "DUPLICATED_REF", name=variant), about="exact")
    assert breach.basis.provenance is Provenance.INFERRED
    assert breach.cause == f"other-reference/{variant}"


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, "ERR_VALIDATION"), (403, "NO_BALANCE"), (429, "RATE_LIMIT_EXCEEDED"), (500, "INTERNAL_ERROR")],
)
def test_a_refusal_for_another_reason_is_legal(judge, first, refused, status, code):
    assert judge(first, refused(status, code, name="padded"), about="exact") == []


def test_a_first_use_that_was_refused_leaves_nothing_to_judge(judge, refused):
    first = refused(400, "ERR_VALIDATION", name="first")
    assert judge(first, refused(403, "DUPLICATED_REF", name="long"), about="exact") == []


def test_other_stories_do_not_concern_it(judge, first, refused):
    assert judge(first, refused(403, "DUPLICATED_REF", name="other"), about="duplicate") == []
