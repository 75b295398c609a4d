"""What a contract's own recipes become."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from errorcontract.cases import Kit
from errorcontract.cases.build import Build, Names
from errorcontract.cases.encode import encoded
from errorcontract.cases.families import recipes
from errorcontract.contract import load
from errorcontract.model import (
    Before,
    Credentials,
    Exchange,
    OtherCredential,
    Outcome,
    Recipe,
    Response,
)

CAUSE = "number-of-another-operator"


@pytest.fixture(scope="session")
def contract():
    return load("oneclickdz")


@pytest.fixture
def made(contract):
    """The case of a recipe, as the only one of a contract."""

    def make(unknown=(), *, local=True, **recipe):
        cause = contract.causes[CAUSE]
        others = {"guest": OtherCredential(environment="GUEST_KEY", test_value="guest-key")}
        assert isinstance(contract.credentials, Credentials)
        own = replace(
            contract,
            credentials=replace(contract.credentials, others=others),
            causes={CAUSE: replace(cause, recipes=(Recipe(operation="sendTopUp", name="told", **recipe),))},
            ledger=None,
        )
        kit = Kit(Build(own, Names(run="ec-test"), frozenset(unknown)), local=local)
        return next(recipes.cases(kit), None)

    return make


def request_of(case, **answers):
    return case.steps[-1].make(answers)


def body_of(request):
    return json.loads(request.body)


def answer(**members):
    body = json.dumps({"success": True, "data": members}).encode()
    request = None
    return Exchange(number=1, case="c", step="first", request=request, response=Response(status=200, body=body))


def test_places_are_changed_and_all_else_is_the_good_request(made):
    sent = body_of(request_of(made(change={"body/amount": "{amount_minimum}"})))
    assert sent["amount"] == 50
    assert sent["plan_code"] == "PREPAID_DJEZZY"


def test_other_credentials_are_sent_as_a_placeholder(made):
    assert request_of(made(sends_as="guest")).header("X-Access-Token") == "${GUEST_KEY}"
    assert request_of(made(sends_as="none")).header("X-Access-Token") is None


def test_a_case_ends_where_nobody_gave_its_credential(made):
    assert request_of(made(sends_as="guest", unknown=["guest"])) is None


def test_a_raw_body_another_method_and_headers_go_out_as_they_are(made):
    request = request_of(made(raw="{,}", method="PUT", headers={"Accept": "text/html"}))
    assert (request.method, request.body) == ("PUT", b"{,}")
    assert request.header("Accept") == "text/html"


def test_what_is_sent_before_shares_the_reference_of_the_story(made):
    before = Before(operation="sendTopUp", name="first", change={"body/ref": "{story_reference}"}, times=2)
    case = made(before=(before,), change={"body/ref": "{story_reference}"})
    assert [step.name for step in case.steps] == ["first", "first-2", "test"]
    assert len({body_of(step.make({}))["ref"] for step in case.steps}) == 1
    assert case.steps[0].promise.outcome is Outcome.ACCEPTED


def test_what_an_earlier_answer_returned_goes_into_the_request(made):
    before = Before(operation="sendTopUp", name="first", expected="any")
    case = made(before=(before,), change={"body/ref": "{first.reference}"})
    assert body_of(request_of(case, first=answer(topupRef="r-7")))["ref"] == "r-7"
    assert request_of(case, first=answer(other="r-7")) is None
    assert case.steps[0].promise.outcome is Outcome.EITHER


def test_several_faults_are_named_in_the_promise(made):
    places = ("body/amount", "body/MSSIDN")
    case = made(change={"body/amount": -1, "body/MSSIDN": "x"}, violates=places)
    assert case.steps[-1].promise.field_names == places


def test_a_bound_that_is_still_allowed_promises_success(made):
    promise = made(accepted=True, change={"body/amount": 50}).steps[-1].promise
    assert (promise.outcome, promise.codes) == (Outcome.ACCEPTED, frozenset())


def test_what_needs_this_machine_is_asked_of_nobody_else(made):
    assert made(loopback_only=True, local=False) is None
    assert made(loopback_only=True, local=True) is not None


def test_a_place_reaches_into_a_list(contract):
    build = Build(contract, Names(run="ec-test"))
    good = replace(build.good("sendTopUp"), body={"lines": [{"size": 1}, {"size": 2}]})
    sent = build.request("sendTopUp", good, {"body/lines/1/size": 9})
    assert body_of(sent) == {"lines": [{"size": 1}, {"size": 9}]}
    assert good.body == {"lines": [{"size": 1}, {"size": 2}]}
    assert body_of(build.request("sendTopUp", good, {"body/lines/0": "{absent}"})) == {"lines": [{"size": 2}]}


def test_forms_are_written_as_browsers_do():
    assert encoded("application/x-www-form-urlencoded", {"a": "x y", "b": 2})[1] == b"a=x+y&b=2"
    kind, body = encoded("multipart/form-data", {"file": {"filename": "a.csv", "content": "1,2"}, "note": "é"})
    boundary = kind.partition("boundary=")[2]
    parts = body.decode().split(f"--{boundary}")
    assert 'name="file"; filename="a.csv"\r\n\r\n1,2\r\n' in parts[1]
    assert 'name="note"\r\n\r\né\r\n' in parts[2]
    assert parts[3] == "--\r\n"
