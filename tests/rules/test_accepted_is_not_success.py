from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Accepted, Basis, HttpPromises, Provenance
from errorcontract.rules import KEPT

PAGE = Basis(provenance=Provenance.DOCUMENTED, source="a page")


@pytest.fixture
def promised(contract):
    claims = Accepted(pointer="/status", never=frozenset({"success", "true"}), basis=PAGE)
    return replace(contract, http=HttpPromises(accepted=claims))


@pytest.mark.parametrize("told", ["accepted", "pending", None, 1])
def test_work_under_way_keeps_it(judge, promised, answered, told):
    assert judge(answered(202, {"status": told}), promised=promised) == [KEPT]


@pytest.mark.parametrize("told", ["success", "Success", True])
def test_a_claim_of_success_breaks_it(judge, promised, answered, told):
    [breach] = judge(answered(202, {"status": told}), promised=promised)
    assert breach.basis is PAGE
    assert breach.observed == f"/status: {told}"
    assert breach.operation == "sendTopUp"


def test_other_answers_and_contracts_that_promise_nothing_do_not_concern_it(judge, contract, promised, answered):
    assert judge(answered(202, {"status": "success"}), promised=contract) == []
    others = [answered(200, {"status": "success"}), answered(202, {}), answered(202, b"done")]
    assert judge(*others, promised=promised) == []
