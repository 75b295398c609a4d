from __future__ import annotations

import pytest

from errorcontract.model import Violations
from errorcontract.rules import KEPT

TWO = ("body/email", "body/password")


@pytest.fixture
def listing(promising, basis):
    def made(items="/errors", field="/field", path="name", **more):
        return promising(violations=Violations(items=items, field=field, path=path, **({"every": basis} | more)))

    return made


@pytest.fixture
def told(answered):
    """A refusal that names these fields, of a request with these faults."""

    def made(*fields, faults=TWO, status=400, code="ERR_VALIDATION", **more):
        body = {"error": {"code": code}, "errors": [{"field": field} for field in fields]}
        return answered(status, body, fails="invalid-field", field_names=faults, **more)

    return made


@pytest.mark.parametrize(
    "named",
    [("email", "password"), ("password", "name", "email"), ("body.email", "/password"), ("email[0]", "password")],
)
def test_a_list_of_all_faults_keeps_it(judge, told, listing, named):
    assert judge(told(*named), promised=listing()) == [KEPT]


@pytest.mark.parametrize(
    ("named", "left_out"),
    [(("email",), "body/password"), ((), "body/email, body/password"), (("Email", "x"), "body/email")],
)
def test_a_fault_that_is_left_out_breaks_it(judge, told, listing, named, left_out):
    [breach] = judge(told(*named), promised=listing())
    assert breach.expected == "all of body/email, body/password"
    assert breach.observed.startswith(f"without {left_out}")
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, "several faults", None, None)


@pytest.mark.parametrize("errors", [None, {}, "email", [None], [{"field": 5}], ["email"]])
def test_no_list_names_nothing(judge, answered, listing, errors):
    body = {"error": {"code": "ERR_VALIDATION"}, "errors": errors}
    [breach] = judge(answered(400, body, fails="invalid-field", field_names=TWO), promised=listing())
    assert breach.observed == "without body/email, body/password"


@pytest.mark.parametrize(
    "named",
    [
        ("events[0].user_data.email", "destinations[1].account_id"),
        ("events.events[0].userData", "destinations[1].accountId"),
        ("events[0].user_data.email.hash", "destinations[1]"),
    ],
)
def test_paths_in_snake_or_camel_case_keep_it_also_those_of_what_holds_the_fault(judge, told, listing, named):
    faults = ("body/events/0/userData/email", "body/destinations/1/accountId")
    paths = listing(path="body-path", tolerated_heads=frozenset({"events"}))
    assert judge(told(*named, faults=faults), promised=paths) == [KEPT]


def test_the_path_of_another_item_names_another_fault(judge, told, listing):
    faults = ("body/events/0/email", "body/events/1/email")
    [breach] = judge(told("events[0].email", "events[2].email", faults=faults), promised=listing(path="body-path"))
    assert breach.observed == "without body/events/1/email"


def test_a_place_beside_the_body_is_known_by_its_name(judge, told, listing):
    faults = ("query/pageSize", "body/email")
    assert judge(told("page_size", "email", faults=faults), promised=listing(path="body-path")) == [KEPT]


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, "NO_BALANCE"), (429, "RATE_LIMIT_EXCEEDED"), (413, "ERR_VALIDATION"), (500, "ERR_VALIDATION")],
)
def test_a_refusal_for_another_reason_does_not_concern_it(judge, told, listing, status, code):
    assert judge(told(status=status, code=code), promised=listing()) == []


def test_without_promised_codes_any_refusal_counts(judge, told, listing):
    [breach] = judge(told("email", code="ANY", codes=frozenset(), statuses=frozenset()), promised=listing())
    assert breach.observed == "without body/password"


def test_one_fault_alone_or_no_promise_says_nothing(judge, told, accepted, listing):
    assert judge(told(faults=("body/email",)), told(faults=()), accepted(field_names=TWO), promised=listing()) == []
    assert judge(told(), promised=listing(every=None)) == []
    assert judge(told()) == []
