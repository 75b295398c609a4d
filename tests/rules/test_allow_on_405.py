from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Basis, HttpPromises, Provenance, Told
from errorcontract.rules import KEPT

STANDARD = Basis(provenance=Provenance.STANDARD, source="RFC 9110")
PAGE = Basis(provenance=Provenance.DOCUMENTED, source="a page")


@pytest.fixture
def header(contract):
    return replace(contract, http=HttpPromises(allow_on_405=STANDARD))


@pytest.fixture
def body(contract):
    return replace(contract, http=HttpPromises(allowed_methods=Told(pointer="/allowedMethods", basis=PAGE)))


@pytest.fixture
def both(header, body):
    return replace(header, http=replace(header.http, allowed_methods=body.http.allowed_methods))


@pytest.fixture
def not_allowed(answered):
    """A 405 to DELETE, with an Allow header and a list in the body."""

    def made(allow=None, told=None, name="test", method="DELETE", **more):
        headers = () if allow is None else (("Allow", allow),)
        body = {"success": False} if told is None else {"success": False, "allowedMethods": told}
        return answered(405, body, headers=headers, name=name, method=method, **more)

    return made


@pytest.mark.parametrize("allow", ["GET", "GET, POST", "", " , GET"])
def test_a_header_without_the_refused_method_keeps_it(judge, header, not_allowed, allow):
    assert judge(not_allowed(allow), promised=header) == [KEPT]


def test_a_list_in_the_body_without_the_refused_method_keeps_it(judge, body, not_allowed):
    assert judge(not_allowed(told=["GET", "POST"]), promised=body) == [KEPT]


def test_a_missing_header_breaks_it(judge, header, not_allowed):
    [breach] = judge(not_allowed(told=["GET"]), promised=header)
    assert breach.basis is STANDARD
    assert (breach.operation, breach.cause, breach.observed) == (None, "no Allow", "no such list")


@pytest.mark.parametrize("told", [None, [], "GET, POST", [1], [""], {"GET": True}])
def test_a_list_in_the_body_that_is_none_breaks_it(judge, body, not_allowed, told):
    [breach] = judge(not_allowed("GET", told), promised=body)
    assert breach.basis is PAGE
    assert breach.cause == "no /allowedMethods"


@pytest.mark.parametrize(("allow", "told"), [("GET, DELETE", ["GET"]), ("GET", ["delete", "GET"])])
def test_the_refused_method_in_a_list_breaks_it(judge, both, not_allowed, allow, told):
    breaches = [verdict for verdict in judge(not_allowed(allow, told), promised=both) if verdict is not KEPT]
    assert [breach.cause for breach in breaches] == ["untrue Allow" if "DELETE" in allow else "untrue /allowedMethods"]
    assert "DELETE" in breaches[0].summary


def test_all_lines_of_the_header_are_one_list(judge, header, answered):
    refused = answered(405, headers=(("Allow", "GET"), ("allow", "POST")), method="GET")
    [breach] = judge(refused, promised=header)
    assert breach.observed == "Allow: GET, POST"


def test_listed_methods_that_are_taken_keep_it(judge, header, not_allowed, accepted, refused):
    story = [
        not_allowed("GET, POST", name="refused"),
        accepted(name="listed-1", method="GET"),
        refused(400, "ERR_VALIDATION", name="listed-2", method="POST"),
    ]
    assert judge(*story, promised=header, about="methods") == [KEPT] * 3


def test_a_listed_method_that_is_refused_in_its_turn_breaks_it(judge, both, not_allowed):
    first = not_allowed("GET, POST", ["GET", "POST", "put"], name="refused")
    second = not_allowed("GET, POST", ["GET", "POST"], name="listed-1", method="PUT")
    *_, breach = judge(first, second, promised=both, about="methods")
    assert breach.cause == "untrue /allowedMethods"
    assert breach.basis is PAGE
    assert "/allowedMethods lists PUT" in breach.summary
    assert breach.exchange.request.method == "PUT"


def test_other_answers_and_contracts_that_promise_no_list_do_not_concern_it(
    judge, contract, header, body, not_allowed, refused, answered
):
    assert judge(not_allowed(), promised=contract) == []
    assert judge(refused(404, "NOT_FOUND"), answered(200), promised=header) == []
    assert judge(not_allowed(method="HEAD"), not_allowed(cut="too long"), promised=body) == []


def test_a_story_whose_first_answer_was_no_405_is_not_judged(judge, header, refused):
    story = [refused(404, "NOT_FOUND", name="refused"), refused(404, "NOT_FOUND", name="listed-1")]
    assert judge(*story, promised=header, about="methods") == []
