from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Accepted, Basis, HttpPromises, Provenance
from errorcontract.rules import KEPT

RECEIPT = {"topupId": "64f0c0ffee0c0ffee0c0ffee", "topupRef": "order-1a"}
TOP_UP = {
    "_id": "64f0c0ffee0c0ffee0c0ffee",
    "status": "HANDLING",
    "plan_code": "PREPAID_DJEZZY",
    "MSSIDN": "0778037340",
    "topup_amount": 200,
    "balance_amount": 200,
    "created_at": "2025-10-29T00:36:12.345Z",
}
PLAN = {"code": "A", "name": "A", "operator": "Djezzy", "isEnabled": True, "min_amount": 50, "max_amount": 5000}
GOOD = {"works": "a good request"}


@pytest.mark.parametrize("data", [RECEIPT, RECEIPT | {"newBalance": 800}, RECEIPT | {"topupId": "short"}])
def test_a_receipt_with_what_is_promised_keeps_it(judge, accepted, data):
    assert (
        judge(accepted(data, **GOOD), accepted(data, status=201, **GOOD), accepted(data, status=202, **GOOD))
        == [KEPT] * 3
    )


@pytest.mark.parametrize(
    ("operation", "data"),
    [
        ("getBalance", {"balance": 1000}),
        ("getBalance", {"balance": 0.5}),
        ("getBalance", {"balance": 0, "currency": "DZD"}),
        ("listPlans", {"dynamicPlans": [PLAN], "fixedPlans": []}),
        ("listPlans", {"dynamicPlans": [PLAN | {"cost": 0.98}], "fixedPlans": []}),
        ("getTopUpByRef", TOP_UP),
        ("getTopUpById", TOP_UP | {"status": "UNKNOWN_ERROR"}),
        ("getTopUpByRef", TOP_UP | {"status": "REFUNDED", "refund_message": "…"}),
        ("checkNumber", {"ncli": "123", "type": "4GLTE"}),
        ("checkNumber", {"ncli": "123", "offre": None, "type": "ADSL"}),
    ],
)
def test_every_documented_answer_keeps_it(judge, accepted, operation, data):
    assert judge(accepted(data, operation=operation, **GOOD)) == [KEPT]


@pytest.mark.parametrize(
    ("operation", "data", "pointer", "observed"),
    [
        ("sendTopUp", {"topupId": "1"}, "/data/topupRef", "missing"),
        ("sendTopUp", RECEIPT | {"topupRef": ""}, "/data/topupRef", "''"),
        ("sendTopUp", RECEIPT | {"topupId": None}, "/data/topupId", "None"),
        ("sendTopUp", RECEIPT | {"topupId": 17}, "/data/topupId", "17 is not of type"),
        ("getBalance", {"balance": "1000"}, "/data/balance", '"1000" is not of type'),
        ("getBalance", {}, "/data/balance", "missing"),
        ("getTopUpByRef", TOP_UP | {"status": "DELIVERED"}, "/data/status", '"DELIVERED" is not one of'),
        (
            "listPlans",
            {"dynamicPlans": [{**PLAN, "min_amount": "50"}], "fixedPlans": []},
            "/data/dynamicPlans/min_amount",
            '"50" is not',
        ),
    ],
)
def test_what_is_missing_or_of_another_type_breaks_it(judge, accepted, operation, data, pointer, observed):
    [breach] = judge(accepted(data, operation=operation, **GOOD))
    assert breach.expected.startswith(f"{pointer}: ")
    assert breach.observed.startswith(f"{pointer}: {observed}")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (operation, pointer, None, None)


def test_a_value_that_is_read_but_not_promised_may_be_missing(judge, contract, accepted):
    told = accepted({"topupRef": "order-1a"}, **GOOD)
    [breach] = judge(told)
    assert "/data/topupId" in breach.summary
    operation = replace(contract.operations["sendTopUp"], unpromised=frozenset({"id"}), answer_schema=None)
    silent = replace(contract, operations={**contract.operations, "sendTopUp": operation})
    assert judge(told, promised=silent) == [KEPT]


def test_an_answer_that_is_fixed_must_be_that_one(judge, accepted):
    asked = {"operation": "checkNumber", "works": "4G", "answers": {"/data/type": "4GLTE"}}
    kept, breach = judge(accepted({"type": "4GLTE"}, **asked), accepted({"type": "ADSL"}, **asked))
    assert kept is KEPT
    assert (breach.expected, breach.observed) == ("/data/type: '4GLTE'", "/data/type: 'ADSL'")


def test_the_basis_is_that_of_the_good_request(judge, accepted):
    basis = Basis(provenance=Provenance.INFERRED, source="a sample")
    [breach] = judge(accepted({}, basis=basis, **GOOD))
    assert breach.basis is basis


def test_a_balance_that_no_float_can_hold_is_a_number_all_the_same(judge, accepted):
    assert judge(accepted({"balance": 10**400}, operation="getBalance", **GOOD)) == [KEPT]


def test_refusals_and_requests_to_which_nothing_is_promised_do_not_concern_it(judge, refused, accepted, answered):
    others = [
        refused(403, "NO_BALANCE", **GOOD),
        accepted({}),
        accepted({}, fails="invalid-phone/text"),
        answered(200, [], **GOOD),
        answered(204, **GOOD),
    ]
    assert judge(*others) == []


EMPTY = {"required": ["status", "headers"], "not": {"required": ["body"]}}
LOCATED = {
    "properties": {"headers": {"required": ["location"]}, "body": {"properties": {"data": {"required": ["id"]}}}}
}


def test_the_shape_of_an_answer_is_asked_of_status_headers_and_body(judge, accepted, answered):
    created = accepted(
        RECEIPT | {"id": 1},
        status=201,
        headers=(("Location", "/a"),),
        shape={"properties": {"status": {"const": 201}}},
        **GOOD,
    )
    assert (
        judge(created, accepted(RECEIPT | {"id": 1}, headers=(("LOCATION", "/a"),), shape=LOCATED, **GOOD))
        == [KEPT] * 2
    )
    assert judge(answered(204, b"", shape=EMPTY, **GOOD)) == [KEPT]


@pytest.mark.parametrize(
    ("headers", "data", "place"), [((), {"id": 1}, "/headers/location"), ((("Location", "/a"),), {}, "/body/data/id")]
)
def test_an_answer_of_another_shape_breaks_it(judge, accepted, headers, data, place):
    [breach] = judge(accepted(RECEIPT | data, headers=headers, shape=LOCATED, **GOOD))
    assert (breach.expected, breach.observed) == (f"{place}: as promised", f"{place}: missing")
    assert (breach.operation, breach.cause) == ("sendTopUp", place)


def test_a_shape_can_promise_that_there_is_no_body(judge, answered):
    [breach] = judge(answered(200, [], shape=EMPTY, **GOOD))
    assert breach.observed.startswith(": ")


def test_a_202_that_claims_success_is_told_of_by_its_own_rule(judge, contract, accepted):
    basis = Basis(provenance=Provenance.DOCUMENTED, source="a page")
    claims = Accepted(pointer="/data/type", never=frozenset({"success"}), basis=basis)
    promised = replace(contract, http=HttpPromises(accepted=claims))
    asked = {"operation": "getBalance", "works": "work", "answers": {"/data/type": "accepted"}}
    taken = accepted({"balance": 1, "type": "success"}, status=202, **asked)
    assert judge(taken, promised=promised) == [KEPT]
    [breach] = judge(accepted({"balance": 1, "type": "done"}, status=202, **asked), promised=promised)
    assert breach.cause == "/data/type"
