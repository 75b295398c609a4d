from __future__ import annotations

import pytest

from errorcontract.model import Basis, Provenance
from errorcontract.rules import KEPT

CREATED = {"works": "a good request", "statuses": frozenset({201})}


def test_the_documented_status_keeps_it(judge, accepted):
    either = {"works": "a good request", "statuses": frozenset({200, 204})}
    asked = [accepted(status=201, **CREATED), accepted(status=200, **either), accepted(status=204, **either)]
    assert judge(*asked) == [KEPT] * 3


def test_a_documented_redirect_is_a_success(judge, answered):
    assert judge(answered(303, works="a form", statuses=frozenset({303}))) == [KEPT]


@pytest.mark.parametrize("status", [200, 202, 204, 226])
def test_another_success_breaks_it(judge, accepted, status):
    [breach] = judge(accepted(status=status, **CREATED))
    assert (breach.expected, breach.observed) == ("201", str(status))
    assert "a good request" in breach.summary
    assert (breach.operation, breach.cause, breach.code, breach.status) == ("sendTopUp", None, None, status)


def test_a_success_where_a_redirect_is_promised_breaks_it(judge, accepted):
    [breach] = judge(accepted(status=200, works="a form", statuses=frozenset({303})))
    assert breach.expected == "303"


def test_the_basis_is_that_of_the_good_request(judge, accepted):
    basis = Basis(provenance=Provenance.INFERRED, source="a sample")
    [breach] = judge(accepted(status=200, basis=basis, **CREATED))
    assert breach.basis is basis


def test_refusals_and_promises_without_a_status_do_not_concern_it(judge, accepted, refused, answered):
    others = [
        accepted(status=202, works="a good request"),
        accepted(status=200),
        accepted(status=200, fails="invalid-amount/negative"),
        refused(400, "ERR_VALIDATION", **CREATED),
        answered(302, **CREATED),
        answered(500, **CREATED),
        answered(200, {"success": False}, **CREATED),
    ]
    assert judge(*others) == []
