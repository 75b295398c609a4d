from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Basis, Provenance, Told
from errorcontract.rules import KEPT

INFERRED = Basis(provenance=Provenance.INFERRED, source="a guess")


@pytest.fixture
def typed(promising, basis):
    """One code with a documented type, one with two inferred ones; the others have none."""
    made = promising(code_type=Told(pointer="/error/type", basis=basis))
    types = {
        "ERR_VALIDATION": replace(made.codes["ERR_VALIDATION"], types=frozenset({"validation"}), type_basis=basis),
        "NO_BALANCE": replace(
            made.codes["NO_BALANCE"], types=frozenset({"business", "authorization"}), type_basis=INFERRED
        ),
    }
    return replace(made, codes={**made.codes, **types})


@pytest.fixture
def told(answered):
    return lambda code, kind: answered(400, {"error": {"code": code, "type": kind}})


@pytest.mark.parametrize(
    ("code", "kind"), [("ERR_VALIDATION", "validation"), ("NO_BALANCE", "business"), ("NO_BALANCE", "authorization")]
)
def test_a_type_of_the_code_keeps_it(judge, told, typed, code, kind):
    assert judge(told(code, kind), promised=typed) == [KEPT]


@pytest.mark.parametrize("kind", ["business", "Validation", "", "x\ud800"])
def test_another_type_breaks_it(judge, told, typed, kind):
    [breach] = judge(told("ERR_VALIDATION", kind), promised=typed)
    assert breach.expected == "ERR_VALIDATION of type validation"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, "ERR_VALIDATION", None)


def test_a_type_that_is_only_inferred_is_no_more_than_that(judge, told, typed):
    [breach] = judge(told("NO_BALANCE", "system"), promised=typed)
    assert breach.expected == "NO_BALANCE of type authorization or business"
    assert breach.basis is INFERRED


@pytest.mark.parametrize(
    ("code", "kind"),
    [("DUPLICATED_REF", "system"), ("UNHEARD_OF", "system"), ("ERR_VALIDATION", None), ("ERR_VALIDATION", 5)],
)
def test_without_a_promised_type_or_a_text_nothing_is_said(judge, told, typed, code, kind):
    assert judge(told(code, kind), promised=typed) == []


def test_a_contract_without_types_promises_nothing(judge, told, answered, typed):
    assert judge(told("ERR_VALIDATION", "system")) == []
    assert judge(answered(400, {"error": {"code": "ERR_VALIDATION"}}), promised=typed) == []
