"""Hostile values know kinds of fields, not APIs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorcontract.cases.oracle import allowed
from errorcontract.cases.tables import TABLES, amount, rows
from errorcontract.cases.written import Written
from errorcontract.contract import bundled, load
from errorcontract.model import Field

WORD = re.compile(r"[A-Za-z][A-Za-z-]*( [a-z][a-z-]*)*")
GOODS = {
    "amount": st.one_of(st.integers(1, 10**6), st.decimals(1, 10**6, places=2).map(str)),
    "count": st.integers(1, 99),
    "phone": st.from_regex(r"\A\+?[0-9]{6,14}\Z"),
}
TEXT_AMOUNT = {"type": "string", "pattern": r"^[0-9]{1,6}(\.[0-9]{1,2})?$", "x-minimum": 1, "x-maximum": 500}
TEXT = st.text(st.characters(codec="utf-8"), min_size=3, max_size=12)


def field(kind, **more):
    return Field(place="body/x", kind=kind, schema={}, required=True, cause="a cause", **more)


@pytest.mark.parametrize("kind", TABLES)
@given(data=st.data())
def test_rows_are_made_for_any_good_value(kind, data):
    good = data.draw(GOODS.get(kind, TEXT))
    region = data.draw(st.sampled_from([None, "DZ", "US", "DE", "SY"]))
    made = list(rows(good, field(kind, region=region, minimum=10, maximum=100)))
    assert len(made) > 5
    assert all(WORD.fullmatch(name) for name, _ in made)
    assert not [value for _, value in made if type(value) is type(good) and value == good]


@pytest.mark.parametrize("kind", TABLES)
def test_no_row_knows_the_data_of_a_contract(kind):
    good = 7 if kind in {"amount", "count"} else "0213131313"
    known = {str(value) for name in bundled() for value in load(name).data.values() if isinstance(value, str)}
    shown = " ".join(repr(value) for _, value in rows(good, field(kind)))
    assert not [value for value in known if value in shown]


def test_phone_rows_hold_what_real_systems_let_pass():
    kinds = {}
    for kind, value in rows("0778037340", field("phone", region="DZ")):
        kinds.setdefault(kind, []).append(value)
    assert "0778037340\n" in kinds["trailing newline"]
    assert "٠٧٧٨٠٣٧٣٤٠" in kinds["Arabic-Indic digits"]
    assert "０７７８０３７３４０" in kinds["full-width digits"]
    assert {"+213778037340", "00213778037340"} <= set(kinds["country form"])
    assert "\u200f0778037340" in kinds["direction mark"]
    assert 778037340 in kinds["number instead of text"]


def test_amount_rows_stand_on_both_sides_of_each_bound():
    values = [
        value for _, value in rows(200, field("amount", minimum=50, maximum=5000)) if isinstance(value, int | float)
    ]
    assert {49, 5001, 0, -1, -100, 2**53 + 1, 2**63} <= set(values)


def test_numbers_of_every_spelling_are_among_the_amounts():
    written = {value.text for _, value in rows(200, field("amount")) if isinstance(value, Written)}
    assert {"1e400", "5e2", "200.0"} <= written


def test_amounts_that_are_texts_are_asked_as_texts_on_both_sides_of_each_bound():
    bounded = replace(field("amount", minimum=1, maximum=500), schema=TEXT_AMOUNT)
    made = dict(reversed(list(rows("12.50", bounded))))
    assert made["below the minimum"] == "0.99"
    assert made["above the maximum"] == "500.01"
    assert (made["negative"], made["zero"], made["more digits"]) == ("-100.00", "0.00", "12.501")
    assert made["number"] == 12.5
    assert not [value for _, value in rows("12.50", bounded) if allowed(TEXT_AMOUNT, value)]
    assert dict(amount.bounds(bounded, "12.50")) == {"the smallest allowed": "1.00", "the largest allowed": "500.00"}


def test_a_bound_that_the_schema_does_not_allow_is_not_asked_for():
    assert dict(amount.bounds(replace(field("amount", minimum=1, maximum=500), schema=TEXT_AMOUNT), 200)) == {}
