from __future__ import annotations

import pytest

from errorcontract.model import Provenance, Told
from errorcontract.rules import KEPT


@pytest.fixture
def numbered(promising, basis):
    return promising(status_in_body=Told(pointer="/code", basis=basis))


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
def test_the_number_of_the_status_line_keeps_it(judge, answered, numbered, status):
    assert judge(answered(status, {"code": status}), promised=numbered) == [KEPT]


@pytest.mark.parametrize("told", [400, 200, 0, 404.5, -404])
def test_another_number_breaks_it(judge, answered, numbered, told):
    [breach] = judge(answered(404, {"code": told}), promised=numbered)
    assert (breach.expected, breach.observed) == ("/code: 404", f"/code: {told}")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, None, 404)


@pytest.mark.parametrize("body", [{}, {"code": "404"}, {"code": None}, {"code": True}, [], b"<html>", b""])
def test_what_is_no_number_is_the_envelopes_matter(judge, answered, numbered, body):
    assert judge(answered(404, body), promised=numbered) == []


def test_it_speaks_of_errors_and_where_it_is_promised(judge, answered, numbered):
    assert judge(answered(200, {"code": 404}), answered(302, {"code": 301}), promised=numbered) == []
    assert judge(answered(404, {"code": 400})) == []
