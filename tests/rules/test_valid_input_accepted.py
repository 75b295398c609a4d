from __future__ import annotations

import pytest

from errorcontract.model import Basis, Provenance
from errorcontract.rules import KEPT

GOOD = {"works": "dynamic plan, amount: the smallest allowed"}


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_success_keeps_it(judge, accepted, status):
    assert judge(accepted(status=status, **GOOD)) == [KEPT]


@pytest.mark.parametrize(
    ("status", "code"), [(400, "ERR_VALIDATION"), (404, "NOT_FOUND"), (401, "ERR_AUTH"), (200, "ERR_VALIDATION")]
)
def test_a_refusal_breaks_it(judge, refused, status, code):
    [breach] = judge(refused(status, code, **GOOD))
    assert (breach.expected, breach.observed) == ("success", f"{status} {code}")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (
        "sendTopUp",
        f"good request/{GOOD['works']}",
        code,
        status,
    )


def test_a_redirect_breaks_it(judge, answered):
    [breach] = judge(answered(302, **GOOD))
    assert breach.observed == "302"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (429, "RATE_LIMIT_EXCEEDED"),
        (403, "IP_BLOCKED"),
        (403, "NO_BALANCE"),
        (403, "INSUFFICIENT_BALANCE"),
        (404, "ERR_STOCK"),
        (503, "ERR_STOCK"),
        (503, "ERR_SERVICE"),
    ],
)
def test_a_documented_state_that_passes_excuses_it(judge, refused, status, code):
    assert judge(refused(status, code, **GOOD)) == []


@pytest.mark.parametrize(
    ("status", "code"), [(402, "NO_BALANCE"), (402, "PAYMENT_REQUIRED"), (400, "NO_BALANCE"), (429, "SLOW_DOWN")]
)
def test_an_empty_account_and_a_full_queue_excuse_it_however_they_are_named(judge, refused, status, code):
    assert judge(refused(status, code, **GOOD)) == []


def test_another_passing_state_with_a_wrong_status_excuses_nothing(judge, refused):
    [breach] = judge(refused(404, "ERR_SERVICE", **GOOD))
    assert breach.status == 404


def test_a_reference_that_a_refusal_used_up_is_another_rules_matter(judge, refused):
    corrected = refused(403, "DUPLICATED_REF", name="corrected", **GOOD)
    assert judge(corrected, about="freed") == []
    assert len(judge(corrected, about="single")) == 1


def test_the_basis_is_that_of_the_good_request(judge, refused):
    basis = Basis(provenance=Provenance.INFERRED, source="a sample")
    [breach] = judge(refused(400, "ERR_VALIDATION", basis=basis, **GOOD))
    assert breach.basis is basis


def test_a_server_that_fails_is_another_rules_matter(judge, refused, unanswered):
    assert judge(refused(500, "INTERNAL_ERROR", **GOOD), unanswered("the connection broke off", **GOOD)) == []


def test_requests_to_which_no_success_is_promised_do_not_concern_it(judge, refused, accepted):
    assert (
        judge(refused(400, "ERR_VALIDATION"), accepted(), refused(400, "ERR_VALIDATION", fails="invalid-phone/text"))
        == []
    )
