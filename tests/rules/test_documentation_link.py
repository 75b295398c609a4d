from __future__ import annotations

import pytest

from errorcontract.model import Documentation
from errorcontract.rules import KEPT

PAGE = "https://docs.example.com/errors/"


@pytest.fixture
def linked(promising, basis):
    return promising(
        documentation=Documentation(pointer="/error/documentation", template=f"{PAGE}{{code}}", basis=basis)
    )


@pytest.fixture
def told(answered):
    return lambda link, code="NOT_FOUND", status=404: answered(status, {"error": {"code": code, "documentation": link}})


@pytest.mark.parametrize("code", ["NOT_FOUND", "UNHEARD_OF", "NOT/FOUND?"])
def test_the_page_of_the_code_keeps_it(judge, told, linked, code):
    assert judge(told(f"{PAGE}{code}", code=code), promised=linked) == [KEPT]


@pytest.mark.parametrize("link", [f"{PAGE}RESOURCE", f"{PAGE}not_found", f"{PAGE}undefined", PAGE, "", "x\ud800"])
def test_the_page_of_another_code_breaks_it(judge, told, linked, link):
    [breach] = judge(told(link), promised=linked)
    assert breach.expected == f"{PAGE}NOT_FOUND"
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, "link to another page", None, None)


@pytest.mark.parametrize("link", ["http://docs.example.com/errors/NOT_FOUND", "/errors/NOT_FOUND", f"{PAGE}/NOT_FOUND"])
def test_another_place_breaks_it(judge, told, linked, link):
    [breach] = judge(told(link), promised=linked)
    assert breach.cause == "link to another place"


@pytest.mark.parametrize("link", [None, 5, ["x"]])
def test_what_is_no_text_is_the_envelopes_matter(judge, told, answered, linked, link):
    assert judge(told(link), answered(404, {"error": {"code": "NOT_FOUND"}}), promised=linked) == []


def test_without_a_code_an_error_or_a_promise_nothing_is_said(judge, told, linked):
    assert judge(told("elsewhere", code=None), told("elsewhere", status=200), promised=linked) == []
    assert judge(told("elsewhere")) == []
