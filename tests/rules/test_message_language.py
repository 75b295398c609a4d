from __future__ import annotations

import pytest

from errorcontract.model import Language
from errorcontract.rules import KEPT


@pytest.fixture
def spoken(promising, basis):
    return promising(
        languages=(
            Language(pointer="/error/message", script="Arabic", holds=True, basis=basis),
            Language(pointer="/error/messageEn", script="Arabic", holds=False, basis=basis),
        )
    )


@pytest.fixture
def told(answered):
    def made(message, english, status=404, **more):
        error = {"code": "NOT_FOUND", "message": message, "messageEn": english}
        return answered(status, {"error": error}, **more)

    return made


@pytest.mark.parametrize(
    ("message", "english"),
    [
        ("المورد غير موجود", "Resource not found"),
        ("خطأ في Cloudflare", "Cloudflare error"),
        ("خطأ 404", "Not found: naïve, 東京"),
        ("ﻻ يوجد", "¿?"),
    ],
)
def test_each_message_in_its_own_script_keeps_it(judge, told, spoken, message, english):
    assert judge(told(message, english), promised=spoken) == [KEPT, KEPT]


@pytest.mark.parametrize("message", ["Resource not found", "404", "؟ ، ٤٠٤", "undefined", "x\ud800"])
def test_an_arabic_message_without_arabic_letters_breaks_it(judge, told, spoken, message):
    breach, english = judge(told(message, "Not found"), promised=spoken)
    assert english is KEPT
    assert breach.expected == "/error/message with letters of the Arabic script"
    assert (breach.operation, breach.cause) == (None, "language of /error/message")
    assert (breach.code, breach.status) == ("NOT_FOUND", None)


@pytest.mark.parametrize("english", ["المورد غير موجود", "Not found: غير موجود", "aم"])
def test_an_english_message_with_arabic_letters_breaks_it(judge, told, spoken, english):
    arabic, breach = judge(told("غير موجود", english), promised=spoken)
    assert arabic is KEPT
    assert breach.expected == "/error/messageEn without letters of the Arabic script"
    assert breach.cause == "language of /error/messageEn"


@pytest.mark.parametrize(
    "more",
    [
        {"sent": {"name": "محمد"}},
        {"sent": '{"name": "محمد"}'.encode()},
        {"sent": '{"name": "محمد'.encode()},
    ],
)
def test_a_word_of_the_request_may_come_back_in_any_script(judge, told, spoken, more):
    assert judge(told("غير موجود", "No user محمد", **more), promised=spoken) == [KEPT, KEPT]
    _, breach = judge(told("غير موجود", "No user محمد المورد", **more), promised=spoken)
    assert breach.cause == "language of /error/messageEn"


@pytest.mark.parametrize("text", [None, "", 5, ["x"]])
def test_what_is_no_text_is_the_envelopes_matter(judge, told, answered, spoken, text):
    assert judge(told(text, text), answered(404, {"error": {}}), answered(404, b"<html>"), promised=spoken) == []


def test_it_speaks_of_errors_and_where_it_is_promised(judge, told, spoken):
    assert judge(told("English", "عربي", status=200), promised=spoken) == []
    assert judge(told("English", "عربي")) == []
