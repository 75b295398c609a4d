from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Basis, HttpPromises, Provenance
from errorcontract.rules import KEPT

PAGE = Basis(provenance=Provenance.DOCUMENTED, source="a page")


@pytest.fixture
def promised(contract):
    return replace(contract, http=HttpPromises(redirect_location=PAGE))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_with_a_location_keeps_it(judge, promised, answered, status):
    assert judge(answered(status, headers=(("location", "/orders/1"),)), promised=promised) == [KEPT]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("headers", [(), (("Location", ""),), (("Location", "not a url"),)])
def test_a_redirect_to_nowhere_breaks_it(judge, promised, answered, status, headers):
    [breach] = judge(answered(status, headers=headers), promised=promised)
    assert breach.basis is PAGE
    assert (breach.operation, breach.cause, breach.code, breach.status) == ("sendTopUp", None, None, status)


def test_other_answers_and_contracts_that_promise_nothing_do_not_concern_it(judge, contract, promised, answered):
    assert judge(answered(302), promised=contract) == []
    assert judge(*(answered(status) for status in (200, 201, 300, 304, 305, 404)), promised=promised) == []
