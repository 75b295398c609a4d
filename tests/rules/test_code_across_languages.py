from __future__ import annotations

import pytest

from errorcontract.rules import KEPT


@pytest.fixture
def constant(promising, basis):
    return promising(constant_code=basis)


@pytest.fixture
def story(judge, refused, constant):
    """The verdict on one bad request, asked without a language and in one."""

    def told(*answers, about="languages", promised=constant):
        asked = [((),), ((("Accept-Language", "ar"),),), ((("Accept-Language", "fr;q=0.5, xx"),),)]
        exchanges = [
            refused(status, code, name=f"language-{number}", fails="invalid-phone/text", sent_headers=headers)
            for number, ((status, code), (headers,)) in enumerate(zip(answers, asked, strict=False))
        ]
        return judge(*exchanges, about=about, promised=promised)

    return told


def test_the_same_code_and_status_in_each_language_keep_it(story):
    assert story((400, "ERR_PHONE"), (400, "ERR_PHONE"), (400, "ERR_PHONE")) == [KEPT]


def test_another_code_breaks_it(story):
    [breach] = story((400, "ERR_PHONE"), (400, "INVALID_PHONE"), (400, "ERR_PHONE"))
    assert breach.expected == "400 ERR_PHONE, as with no Accept-Language"
    assert breach.observed == "400 INVALID_PHONE with Accept-Language: ar"
    assert (breach.operation, breach.cause) == (None, "code in another language")
    assert (breach.code, breach.status) == (None, None)


@pytest.mark.parametrize("other", [(406, "ERR_PHONE"), (404, "NOT_FOUND"), (500, "INTERNAL_SERVER_ERROR")])
def test_another_status_breaks_it(story, other):
    [breach] = story((400, "ERR_PHONE"), (400, "ERR_PHONE"), other)
    assert breach.observed.endswith("with Accept-Language: fr;q=0.5, xx")
    assert breach.cause == "status in another language"


def test_a_state_that_passes_excuses_it(story):
    assert story((400, "ERR_PHONE"), (429, "RATE_LIMIT_EXCEEDED"), (400, "ERR_PHONE")) == []


def test_one_answer_alone_another_story_or_no_promise_says_nothing(story, promising):
    assert story((400, "ERR_PHONE")) == []
    assert story((400, "ERR_PHONE"), (404, "NOT_FOUND"), about="stable") == []
    assert story((400, "ERR_PHONE"), (404, "NOT_FOUND"), promised=promising()) == []
