from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Basis, HttpPromises, Provenance
from errorcontract.rules import KEPT

PAGE = Basis(provenance=Provenance.DOCUMENTED, source="a page")
CHANGED, BEFORE, LATER = (f"Mon, 01 Jan 2024 {hour}:00:00 GMT" for hour in ("10", "09", "11"))
TAGGED = (("ETag", '"v1"'), ("Last-Modified", CHANGED))


@pytest.fixture
def promised(contract):
    return replace(contract, http=HttpPromises(not_modified=PAGE))


@pytest.fixture
def first(accepted):
    def made(headers=TAGGED, name="first", data=None, **more):
        return accepted(data or {"price": 1}, name=name, headers=headers, method="GET", sent=None, **more)

    return made


@pytest.fixture
def not_modified(answered):
    def made(name="asked-1", method="GET", **sent):
        headers = tuple((key.replace("_", "-"), value) for key, value in sent.items())
        return answered(304, b"", name=name, method=method, sent=None, sent_headers=headers, content_type=None)

    return made


@pytest.mark.parametrize(
    "sent",
    [
        {"If_None_Match": '"v1"'},
        {"If_None_Match": 'W/"v1"'},
        {"If_None_Match": '"v0", "v1"'},
        {"If_None_Match": "*"},
        {"If_None_Match": '"v1"', "If_Modified_Since": BEFORE},
        {"If_Modified_Since": CHANGED},
        {"If_Modified_Since": LATER},
    ],
)
def test_a_304_to_a_good_copy_keeps_it(judge, promised, first, not_modified, sent):
    assert judge(first(), not_modified(**sent), promised=promised, about="conditional") == [KEPT]


def test_the_thing_itself_is_always_right(judge, promised, first):
    asked = first(name="asked-1", sent_headers=(("If-None-Match", '"v1"'),))
    assert judge(first(), asked, promised=promised, about="conditional") == [KEPT]


@pytest.mark.parametrize(
    "sent",
    [
        {"If_None_Match": '"v2"'},
        {"If_None_Match": "v1"},
        {"If_None_Match": '"v2"', "If_Modified_Since": LATER},
        {"If_Modified_Since": BEFORE},
        {"If_Modified_Since": "yesterday"},
    ],
)
def test_a_304_to_another_copy_breaks_it(judge, promised, first, not_modified, sent):
    [breach] = judge(first(), not_modified(**sent), promised=promised, about="conditional")
    assert breach.basis is PAGE
    assert (breach.operation, breach.cause) == ("sendTopUp", None)
    assert breach.summary == "a 304 answers a condition that does not hold"


@pytest.mark.parametrize("headers", [(), (("ETag", '"v1"'),)])
def test_a_date_that_was_never_told_may_match(judge, promised, first, not_modified, headers):
    story = [first(headers), not_modified(If_Modified_Since=BEFORE)]
    assert judge(*story, promised=promised, about="conditional") == [KEPT]


@pytest.mark.parametrize("more", [{}, {"method": "POST", "If_None_Match": '"v1"'}])
def test_a_304_that_nobody_asked_for_breaks_it(judge, promised, not_modified, more):
    [breach] = judge(not_modified(**more), promised=promised)
    assert breach.summary == "a 304 answers a request that set no condition"


def test_a_304_after_a_change_breaks_it(judge, promised, first, not_modified):
    after = not_modified(name="after", If_None_Match='"v1"')
    story = [first(), after, first(name="fresh", data={"price": 2})]
    [breach] = judge(*story, promised=promised, about="conditional")
    assert breach.summary == "a 304 answers a condition that a change has overtaken"
    assert breach.exchange.step == "after"


def test_a_304_after_a_change_that_changed_nothing_keeps_it(judge, promised, first, not_modified):
    same = {"data": {"price": 1}, "request_id": None}
    after = not_modified(name="after", If_None_Match='"v1"')
    story = [first(**same), after, first(name="fresh", **same)]
    assert judge(*story, promised=promised, about="conditional") == [KEPT]


def test_other_answers_and_contracts_that_promise_nothing_do_not_concern_it(
    judge, contract, promised, first, not_modified, refused
):
    assert judge(not_modified(), promised=contract) == []
    assert judge(first(), refused(400, "ERR_VALIDATION"), promised=promised) == []
