from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Basis, HttpPromises, Provenance
from errorcontract.rules import KEPT

STANDARD = Basis(provenance=Provenance.STANDARD, source="RFC 9110")


@pytest.fixture
def promised(contract):
    return replace(contract, http=HttpPromises(challenge_on_401=STANDARD))


@pytest.mark.parametrize("challenge", ["Bearer", 'Bearer realm="api", error="invalid_token"', "Basic realm=x, Bearer"])
def test_a_scheme_keeps_it(judge, promised, refused, challenge):
    unknown = refused(401, "MISSING_ACCESS_TOKEN", headers=(("www-authenticate", challenge),))
    assert judge(unknown, promised=promised) == [KEPT]


@pytest.mark.parametrize("headers", [(), (("WWW-Authenticate", ""),), (("WWW-Authenticate", '"Bearer"'),)])
def test_no_scheme_breaks_it(judge, promised, refused, headers):
    [breach] = judge(refused(401, "MISSING_ACCESS_TOKEN", headers=headers), promised=promised)
    assert breach.basis is STANDARD
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, None, None)


def test_other_answers_and_contracts_that_promise_nothing_do_not_concern_it(judge, contract, promised, refused):
    assert judge(refused(401, "MISSING_ACCESS_TOKEN"), promised=contract) == []
    assert judge(refused(403, "NO_BALANCE"), refused(404, "NOT_FOUND"), promised=promised) == []
