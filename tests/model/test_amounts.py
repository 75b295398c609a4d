"""Amounts are read and written as an API has them: as numbers, or as decimal texts."""

from __future__ import annotations

import pytest

from errorcontract.model import number_of, smallest_step, with_bounds, written_like


@pytest.mark.parametrize(
    ("value", "number"), [(12, 12), (12.5, 12.5), ("12.50", 12.5), ("-0.01", -0.01), ("007", 7), ("100000.00", 100000)]
)
def test_a_number_and_a_text_that_spells_one_are_the_same_amount(value, number):
    assert number_of(value) == number


@pytest.mark.parametrize("value", [None, True, "", "1,000", "12.50 ", "1e3", "NaN", "١٢", ".5", "5.", "9" * 30, []])
def test_what_spells_no_number_is_none(value):
    assert number_of(value) is None


@pytest.mark.parametrize(
    ("known", "number", "written"),
    [
        (200, 50, 50),
        ("12.50", 500, "500.00"),
        ("12.50", -100, "-100.00"),
        ("12.50", 0.3, "0.30"),
        ("12.50", 12.505, "12.505"),
        ("12", 500.0, "500"),
        ("12", 0.5, "0.5"),
        ("much", 5, 5),
    ],
)
def test_an_amount_is_written_as_the_known_one_is(known, number, written):
    assert written_like(known, number) == written


def test_the_next_amount_is_a_unit_of_the_last_digit_away():
    assert [smallest_step(known) for known in (200, 2.5, "200", "12.5", "12.50")] == [1, 1, 1, 0.1, 0.01]


def test_bounds_of_a_text_have_words_of_their_own():
    assert with_bounds({"type": "integer"}, {"minimum": 1}) == {"type": "integer", "minimum": 1}
    assert with_bounds({"type": ["string", "null"]}, {"maximum": 5}) == {"type": ["string", "null"], "x-maximum": 5}
    assert with_bounds({"type": ["string", "number"]}, {"maximum": 5})["maximum"] == 5
