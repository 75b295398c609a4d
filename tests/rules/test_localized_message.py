from __future__ import annotations

import pytest

from errorcontract.rules import KEPT

LOCALIZED = {
    "properties": {
        "body": {
            "properties": {
                "localized": {
                    "required": ["locale", "message"],
                    "properties": {"locale": {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}},
                }
            }
        }
    }
}


@pytest.mark.parametrize("locale", ["en", "ar-DZ", "zh-Hant-TW"])
def test_a_language_and_a_text_keep_it(judge, answered, shaped, locale):
    body = {"localized": {"locale": locale, "message": "It failed"}}
    assert judge(answered(400, body), promised=shaped(LOCALIZED)) == [KEPT]


@pytest.mark.parametrize("localized", [{"locale": "en"}, {"message": "m"}, {"locale": "English!", "message": "m"}])
def test_one_without_the_other_breaks_it(judge, answered, shaped, localized):
    [breach] = judge(answered(400, {"localized": localized}), promised=shaped(LOCALIZED))
    assert breach.observed.startswith("/body/localized")


def test_it_speaks_of_errors_and_where_it_is_promised(judge, answered, shaped, promising):
    assert judge(answered(200, {"localized": {}}), promised=shaped(LOCALIZED)) == []
    assert judge(answered(400, {"localized": {}}), promised=promising()) == []
