from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.mark.parametrize("status", [200, 202, 204, 301, 400, 404, 413, 429, 499])
def test_whatever_is_below_500_keeps_it(judge, answered, status):
    assert judge(answered(status)) == [KEPT]


@pytest.mark.parametrize(
    ("status", "code"), [(500, "INTERNAL_ERROR"), (500, "INTERNAL_SERVER_ERROR"), (502, "BAD_GATEWAY"), (503, "OTHER")]
)
def test_a_failure_breaks_it(judge, refused, status, code):
    [breach] = judge(refused(status, code, fails="invalid-amount/huge"))
    assert (breach.expected, breach.observed) == ("a 4xx, or success", f"{status} {code}")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (
        "sendTopUp",
        "invalid-amount/huge",
        None,
        status,
    )


def test_a_documented_code_under_another_status_excuses_nothing(judge, refused):
    [breach] = judge(refused(502, "ERR_SERVICE"))
    assert breach.observed == "502 ERR_SERVICE"


@pytest.mark.parametrize("code", ["ERR_SERVICE", "ERR_STOCK"])
def test_a_documented_state_that_passes_is_no_failure(judge, refused, code):
    assert judge(refused(503, code, works="one card")) == []


@pytest.mark.parametrize("status", [501, 505])
def test_not_supported_is_legal_where_nothing_is_promised(judge, answered, status):
    assert judge(answered(status, method="PATCH")) == []
    [breach] = judge(answered(status, fails="invalid-phone/text"))
    assert breach.status == status


def test_no_answer_at_all_is_another_rules_matter(judge, unanswered):
    assert judge(unanswered("the connection broke off")) == []
