"""The words of the interface: two catalogues that say the same."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from errorcontract.reporting import LANGUAGES
from errorcontract.reporting.journal import DIED, NOT_BEGUN, SILENT
from errorcontract.reporting.language import Language, language
from errorcontract.rules import all_rules

NOTHING_JUDGED = "no exchange was judged"
ENGLISH, ARABIC = language("en"), language("ar")
FORMS = {"zero", "one", "two", "few", "many", "other"}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_catalogues_have_the_same_keys() -> None:
    assert LANGUAGES == ("en", "ar")
    assert ENGLISH.texts.keys() == ARABIC.texts.keys()
    assert ENGLISH.counted.keys() == ARABIC.counted.keys()


@pytest.mark.parametrize("key", sorted(ENGLISH.texts))
def test_a_message_has_the_same_gaps_in_both(key: str) -> None:
    assert gaps(ENGLISH.texts[key]) == gaps(ARABIC.texts[key])


@pytest.mark.parametrize("key", sorted(ARABIC.counted))
def test_a_counted_thing_has_all_six_arabic_forms(key: str) -> None:
    assert set(ARABIC.counted[key]) == FORMS
    assert set(ENGLISH.counted[key]) == {"one", "other"}


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "لا مخالفات"),
        (1, "مخالفة واحدة"),
        (2, "مخالفتان"),
        (3, "3 مخالفات"),
        (10, "10 مخالفات"),
        (11, "11 مخالفة"),
        (99, "99 مخالفة"),
        (100, "100 مخالفة"),
        (102, "102 مخالفة"),
        (103, "103 مخالفات"),
        (5471, "5\u202f471 مخالفة"),
    ],
)
def test_arabic_counts_as_arabic_does(number: int, told: str) -> None:
    assert ARABIC.count("finding", number) == told


def test_english_counts_as_english_does() -> None:
    assert [ENGLISH.count("finding", number) for number in (0, 1, 2, 5471)] == [
        "0 findings",
        "1 finding",
        "2 findings",
        "5,471 findings",
    ]


@pytest.mark.parametrize("words", [ENGLISH, ARABIC])
def test_a_moment_is_the_same_in_both(words: Language) -> None:
    assert words.time("2026-11-22T02:00:00.000Z") == "2026-11-22 02:00:00 UTC"
    assert words.time("2026-11-22T03:30:00+01:00") == "2026-11-22 02:30:00 UTC"
    assert words.time("some day") == "some day"


def test_every_rule_and_group_has_an_arabic_name() -> None:
    assert set(ARABIC.named["rule"]) == {rule.id for rule in all_rules()}
    assert set(ARABIC.named["group"]) >= {rule.group for rule in all_rules()}


def test_arabic_messages_are_arabic_and_hold_no_hidden_character() -> None:
    texts = [*ARABIC.texts.values(), *(form for forms in ARABIC.counted.values() for form in forms.values())]
    texts += [name for names in ARABIC.named.values() for name in names.values()]
    for text in texts:
        assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]", text), text
        assert re.search("[\u0621-\u064a]", text) or not re.search("[a-z]", re.sub(r"\{.*?\}", "", text)), text


def test_every_message_of_the_templates_is_there() -> None:
    room = Path(__file__).parents[2] / "src" / "errorcontract" / "reporting" / "html" / "templates"
    templates = "".join(file.read_text("utf-8") for file in room.glob("*.jinja"))
    keys = re.findall(r'(?:\bt|words\.text|row|moment|fact|figure)\("([a-z0-9_.]+)"', templates)
    assert len(keys) > 100
    assert {key for key in keys if key not in ENGLISH.texts and not key.endswith(".")} == set()
    counted = re.findall(r'words\.count\("([a-z_]+)"', templates)
    assert set(counted) <= ENGLISH.counted.keys()


def test_what_the_reports_say_themselves_of_an_incomplete_run_has_an_arabic_form() -> None:
    for sentence in (SILENT, NOT_BEGUN, DIED, NOTHING_JUDGED):
        assert ARABIC.name("sentence", sentence)
