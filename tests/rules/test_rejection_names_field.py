from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.fixture
def wrong(refused):
    """A refusal of a bad amount with these details."""

    def made(details, code="ERR_VALIDATION", **more):
        return refused(400, code, details=details, **({"fails": "invalid-amount/negative", "field": "amount"} | more))

    return made


@pytest.mark.parametrize(
    "name", ["amount", "body.amount", "/amount", "/body/amount", "body[amount]", "amount[0]", ".amount", "amount.value"]
)
def test_the_field_under_any_path_keeps_it(judge, wrong, name):
    assert judge(wrong({"field": name})) == [KEPT]


def test_another_field_breaks_it(judge, wrong):
    [breach] = judge(wrong({"field": "plan_code"}))
    assert (breach.expected, breach.observed) == ("the field amount", "the field plan_code")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == ("sendTopUp", "field of amount", None, None)


@pytest.mark.parametrize("value", [-100, "-100", "٥٠٠", "500 ", "", True, False, 2**52])
def test_the_value_that_was_sent_keeps_it(judge, wrong, value):
    assert judge(wrong({"field": "amount", "value": value}, value=value)) == [KEPT]


@pytest.mark.parametrize(
    ("sent", "told"), [(-100, "-100"), (-100, 100), ("500 ", "500"), (True, 1), (0, False), (-100, None)]
)
def test_another_value_breaks_it(judge, wrong, sent, told):
    [breach] = judge(wrong({"field": "amount", "value": told}, value=sent))
    assert (breach.expected, breach.observed) == (f"the value {sent!r}", f"the value {told!r}")
    assert breach.cause == "value of amount"


@pytest.mark.parametrize(
    "value", [100.5, 1e308, 2**53, 10**400, [200], {"amount": 200}, "a\0b", "x" * 3000, "\u202b500", None]
)
def test_a_value_that_json_libraries_change_is_not_compared(judge, wrong, value):
    assert judge(wrong({"field": "amount", "value": "something"}, value=value)) == [KEPT]


def test_a_text_beside_the_body_may_come_back_as_what_it_reads_as(judge, wrong):
    query = {
        "fails": "invalid-phone/too short",
        "field": "number",
        "value": "123456",
        "sent": None,
        "operation": "checkNumber",
    }
    assert judge(wrong({"field": "number", "value": 123456}, **query)) == [KEPT]
    [breach] = judge(wrong({"field": "number", "value": 12345}, **query))
    assert breach.cause == "value of number"


@pytest.mark.parametrize(
    "details",
    [
        None,
        {},
        {"value": -100},
        {"number": "1", "type": "ADSL", "reason": "format"},
        {"field": None},
        {"field": ["amount"]},
    ],
)
def test_details_that_name_no_field_are_legal(judge, wrong, details):
    assert judge(wrong(details, value=-5)) == []


@pytest.mark.parametrize("name", ["", "body", "/", "query", "request", "path"])
def test_details_that_only_name_the_whole_request_are_legal(judge, wrong, name):
    assert judge(wrong({"field": name})) == []


@pytest.mark.parametrize("code", ["NO_BALANCE", "SOMETHING_ELSE"])
def test_a_refusal_for_another_reason_names_what_it_wants(judge, wrong, code):
    assert judge(wrong({"field": "ref"}, code=code)) == []


def test_a_request_with_no_single_wrong_field_does_not_concern_it(judge, wrong, accepted):
    assert judge(wrong({"field": "ref"}, field=None), accepted(fails="invalid-amount/negative", field="amount")) == []
