from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.cases.promises import rejected
from errorcontract.model import Basis, Cause, Provenance
from errorcontract.rules import KEPT

PAGE = Basis(provenance=Provenance.DOCUMENTED, source="a page")
CAUSES = ("insufficient-permission", "foreign-resource")


@pytest.fixture
def forbidden(contract):
    """What is promised of a request that lacks a right."""

    def made(cause):
        known = Cause(id=cause, title=cause, codes=frozenset({"FORBIDDEN"}), statuses=frozenset(), basis=PAGE)
        return rejected(replace(contract, causes={cause: known}), cause)

    return made


@pytest.fixture
def as_forbidden(forbidden):
    def made(asked, cause="insufficient-permission"):
        step, exchange = asked
        return replace(step, promise=forbidden(cause)), exchange

    return made


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_any_refusal_keeps_it(judge, refused, as_forbidden, cause, status):
    assert judge(as_forbidden(refused(status, "FORBIDDEN"), cause)) == [KEPT]


@pytest.mark.parametrize("cause", CAUSES)
def test_work_that_is_done_all_the_same_breaks_it(judge, accepted, answered, as_forbidden, cause):
    for asked in (accepted(), answered(204), answered(302)):
        [breach] = judge(as_forbidden(asked, cause))
        assert breach.basis is PAGE
        assert breach.expected == "a refusal with FORBIDDEN"
        assert (breach.operation, breach.cause) == ("sendTopUp", cause)


def test_a_state_that_passes_and_a_failure_tell_nothing(judge, refused, as_forbidden):
    assert judge(as_forbidden(refused(429, "RATE_LIMIT_EXCEEDED"))) == []
    assert judge(as_forbidden(refused(500, "INTERNAL_ERROR"))) == []


def test_other_causes_do_not_concern_it(judge, accepted, refused):
    others = [
        accepted(),
        accepted(works="a good request"),
        accepted(fails="wrong-credentials"),
        accepted(fails="invalid-amount/negative"),
        refused(403, "NO_BALANCE", fails="insufficient-balance"),
    ]
    assert judge(*others) == []
