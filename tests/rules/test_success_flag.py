from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT

ERROR = {"error": {"code": "DUPLICATED_REF", "message": "x"}}


@pytest.mark.parametrize("status", [200, 201, 202, 299])
def test_true_on_a_success_keeps_it(judge, accepted, status):
    assert judge(accepted(status=status)) == [KEPT]


@pytest.mark.parametrize("status", [400, 404, 405, 429, 500, 503])
def test_false_on_an_error_keeps_it(judge, refused, status):
    assert judge(refused(status, "NOT_FOUND")) == [KEPT]


@pytest.mark.parametrize(("flag", "told"), [(True, "true"), ("false", '"false"'), (0, "0"), (None, "null"), ([], "[]")])
def test_anything_but_false_on_an_error_breaks_it(judge, answered, flag, told):
    [breach] = judge(answered(403, ERROR | {"success": flag}))
    assert (breach.expected, breach.observed) == ("/success is false", f"{told} with status 403")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, "DUPLICATED_REF", 403)


def test_an_error_without_a_flag_breaks_it(judge, answered):
    [breach] = judge(answered(404, {"message": "Cannot GET /"}))
    assert breach.observed == "no flag with status 404"


@pytest.mark.parametrize(("flag", "told"), [(False, "false"), (1, "1"), ("true", '"true"')])
def test_anything_but_true_on_a_success_breaks_it_for_its_operation(judge, answered, flag, told):
    [breach] = judge(answered(200, {"success": flag, "data": {}}))
    assert (breach.expected, breach.observed) == ("/success is true", f"{told} with status 200")
    assert (breach.operation, breach.code) == ("sendTopUp", None)


def test_what_is_no_object_or_may_have_no_body_does_not_concern_it(judge, answered):
    others = (
        answered(404, []),
        answered(404, b"<html>"),
        answered(204),
        answered(302, {}),
        answered(200, {}, method="OPTIONS"),
        answered(404, {}, method="HEAD"),
    )
    assert judge(*others) == []


def test_a_contract_without_a_flag_promises_none(judge, answered, contract):
    without = replace(contract, pointers=replace(contract.pointers, success=None))
    assert judge(answered(404, ERROR), promised=without) == []
