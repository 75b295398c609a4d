from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.mark.parametrize("request_id", ["req_abc123", "req_1730160959_xyz789", "req_1", "req_A-b.c"])
@pytest.mark.parametrize("status", [200, 404, 503])
def test_every_form_of_the_samples_keeps_it(judge, answered, request_id, status):
    assert judge(answered(status, {}, request_id=request_id)) == [KEPT]


@pytest.mark.parametrize(
    ("request_id", "observed"),
    [(17, "17"), (["req_a"], '["req_a"]'), ({"id": 1}, '{"id": 1}'), (True, "true"), (0, "0")],
)
def test_an_id_that_is_no_text_breaks_it(judge, answered, request_id, observed):
    [breach] = judge(answered(404, {}, request_id=request_id))
    assert (breach.expected, breach.observed) == ("a text", observed)
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, "type", None, None)


@pytest.mark.parametrize("request_id", ["8f14e45f-ceea-467f-a8f7-0a0b0c0d0e0f", "REQ_a", " req_a"])
def test_another_form_breaks_what_samples_suggest(judge, answered, request_id):
    [breach] = judge(answered(404, {}, request_id=request_id))
    assert (breach.expected, breach.observed) == ("a text like ^req_", request_id)
    assert breach.basis.provenance is Provenance.INFERRED
    assert breach.cause == "form"


def test_an_id_that_the_caller_brought_is_its_own(judge, answered):
    own = (("X-Request-Id", "made-up-by-the-caller"),)
    assert judge(answered(404, {}, request_id="made-up-by-the-caller", sent_headers=own)) == []


def test_an_id_that_is_missing_is_another_rules_matter(judge, answered):
    others = [answered(404, {"requestId": nothing}, request_id=None) for nothing in (None, "")]
    assert (
        judge(*others, answered(404, {}, request_id=None), answered(404, b"<html>"), answered(204), answered(404, []))
        == []
    )


def test_a_contract_without_request_ids_or_without_a_form_promises_none(judge, answered, contract):
    other = answered(404, {}, request_id="8f14e45f")
    assert judge(other, promised=replace(contract, request_id=None)) == []
    assert judge(other, promised=replace(contract, request_id=replace(contract.request_id, pattern=None))) == [KEPT]
