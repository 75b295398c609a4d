from __future__ import annotations

import pytest

from errorcontract.model import Provenance, Violations
from errorcontract.rules import KEPT

GOOD = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": -100, "ref": "order-1a"}


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


@pytest.fixture
def listing(promising, basis):
    """A contract whose refusals list fields, by name or by path."""

    def made(path="name", **promises):
        return promising(violations=Violations(items="/violations", field="/field", path=path, **promises))

    return made


@pytest.fixture
def listed(answered):
    """A refusal of a bad request that lists these fields."""

    def made(*fields, code="ERR_VALIDATION", sent=GOOD, **more):
        body = {"error": {"code": code}, "violations": [{"field": field} for field in fields]}
        bad = {"fails": "invalid-amount/negative", "field": "amount", "field_names": ("body/amount",)}
        return answered(400, body, sent=sent, **(bad | more))

    return made


@pytest.mark.parametrize("named", [("amount",), ("plan_code", "amount"), ("body.amount",), ("amount[0]",)])
def test_a_list_with_the_field_keeps_it(judge, listed, listing, named):
    assert judge(listed(*named), promised=listing()) == [KEPT]


@pytest.mark.parametrize("named", [("plan_code",), ("ref", "Amount"), ("amounts",)])
def test_a_list_without_the_field_breaks_it(judge, listed, listing, named):
    [breach] = judge(listed(*named), promised=listing())
    assert (breach.expected, breach.observed) == ("the field amount", f"the fields {', '.join(named)}")
    assert (breach.operation, breach.cause, breach.code, breach.status) == ("sendTopUp", "field of amount", None, None)


@pytest.mark.parametrize("named", [(), ("",), ("body",), (None,)])
def test_a_list_that_names_no_field_is_legal(judge, listed, listing, named):
    assert judge(listed(*named), promised=listing()) == []


def test_a_field_that_is_right_breaks_it_only_where_that_is_promised(judge, listed, listing, basis):
    [breach] = judge(listed("amount", "ref"), promised=listing(only=basis))
    assert (breach.expected, breach.observed) == ("only body/amount", "ref")
    assert (breach.operation, breach.cause) == ("sendTopUp", "innocent field")
    assert breach.basis is basis
    assert judge(listed("amount", "ref"), promised=listing()) == [KEPT]


def test_of_several_faults_each_may_be_named_and_no_other(judge, listed, listing, basis):
    two = {"field": None, "field_names": ("body/amount", "body/ref")}
    assert judge(listed("amount", "ref", **two), promised=listing(only=basis)) == [KEPT]
    [breach] = judge(listed("amount", "plan_code", **two), promised=listing(only=basis))
    assert breach.cause == "innocent field"


LISTS = {"events": [{"userData": {"emailAddress": "x"}}, {"userData": {"emailAddress": "y"}}]}
SECOND = {"field": "emailAddress", "field_names": ("body/events/1/userData/emailAddress",), "sent": LISTS}


@pytest.mark.parametrize(
    "path", ["events[1].user_data.email_address", "events[1].userData.emailAddress", "events[1].user_data", "events[1]"]
)
def test_the_path_of_the_place_or_of_what_holds_it_keeps_it(judge, listed, listing, path):
    assert judge(listed(path, **SECOND), promised=listing("body-path")) == [KEPT]


def test_the_path_of_another_item_breaks_it(judge, listed, listing):
    [breach] = judge(listed("events[0].user_data.email_address", **SECOND), promised=listing("body-path"))
    assert breach.cause == "field of emailAddress"


def test_where_only_the_name_is_known_the_name_in_a_path_keeps_it(judge, listed, listing):
    named = {**SECOND, "field_names": ()}
    assert judge(listed("events[0].user_data.email_address", **named), promised=listing("body-path")) == [KEPT]
    [breach] = judge(listed("events[0].user_data", **named), promised=listing("body-path"))
    assert breach.cause == "field of emailAddress"


@pytest.mark.parametrize("path", ["events[9]", "nothing[1].here", "/events/1"])
def test_a_path_that_leads_nowhere_is_another_rules_matter(judge, listed, listing, path):
    assert judge(listed(path, **SECOND), promised=listing("body-path")) == []


@pytest.mark.parametrize("code", ["NO_BALANCE", "SOMETHING_ELSE"])
def test_a_list_in_a_refusal_for_another_reason_names_what_it_wants(judge, listed, listing, code):
    assert judge(listed("ref", code=code), promised=listing()) == []


def test_without_promised_codes_any_refusal_counts(judge, listed, listing):
    [breach] = judge(listed("ref", code="SOMETHING_ELSE", codes=frozenset()), promised=listing())
    assert breach.cause == "field of amount"
