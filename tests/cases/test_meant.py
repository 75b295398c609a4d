from __future__ import annotations

import pytest

from errorcontract.cases.meant import UNSENDABLE, as_meant, beside_a_body
from errorcontract.cases.written import Written
from errorcontract.model import Field


def field(kind: str, place: str = "query/size") -> Field:
    return Field(place=place, kind="count", schema={"type": kind}, required=False, cause="invalid-field")


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "25", 25),
        ("integer", "-1", -1),
        ("integer", "007", "007"),
        ("integer", "1.0", "1.0"),
        ("integer", "٢٥", "٢٥"),
        ("integer", "25 ", "25 "),
        ("number", "2.5", 2.5),
        ("string", "25", "25"),
    ],
)
def test_a_text_in_a_query_means_a_number_where_it_is_written_as_one(kind, text, value):
    assert as_meant(field(kind), text) == value


def test_in_a_body_a_text_is_a_text():
    assert as_meant(field("integer", "body/size"), "25") == "25"


@pytest.mark.parametrize(
    ("kind", "value", "sent"),
    [
        ("integer", -1, "-1"),
        ("integer", Written("1e3", 1000), "1e3"),
        ("integer", "x", "x"),
        ("integer", True, UNSENDABLE),
        ("integer", None, UNSENDABLE),
        ("integer", [1], UNSENDABLE),
        ("string", 5, UNSENDABLE),
    ],
)
def test_numbers_are_sent_as_their_texts_and_what_has_none_is_not_sent(kind, value, sent):
    assert beside_a_body(field(kind), value) == sent
