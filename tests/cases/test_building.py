"""Requests are made from what the contract calls good, byte for byte as meant."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorcontract.cases import TOKEN, Build, Kit, Names
from errorcontract.cases.build import ABSENT, UnresolvedError, json_bytes
from errorcontract.cases.written import Written
from errorcontract.contract import load

CONTRACT = load("oneclickdz")
NUMBERS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?([eE][+-]?[0-9]{1,3})?\Z")
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\ue000"), max_size=8)


@given(st.lists(NUMBERS, min_size=1, max_size=12), TEXTS)
def test_numbers_are_sent_as_they_are_written(numbers, text):
    body = json_bytes({"text": text, "numbers": [Written(number, 1) for number in numbers]})
    assert (
        body
        == json.dumps({"text": text, "numbers": []}, ensure_ascii=False)[:-2].encode()
        + ", ".join(numbers).encode()
        + b"]}"
    )


def test_numbers_beyond_any_float_come_out_verbatim():
    assert json_bytes({"amount": Written("1e400", 10**400)}) == b'{"amount": 1e400}'
    assert json_bytes({"amount": Written("200.0", 200)}) == b'{"amount": 200.0}'


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(st.characters()),
        lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
        max_leaves=6,
    )
)
def test_any_body_comes_out_as_json_lone_surrogates_as_well(body):
    raw = json_bytes({"body": body})
    assert json.loads(raw.decode("utf-8")) == {"body": body}


def test_references_are_fresh_and_have_another_case():
    names = Names(run="ec-1")
    made = [names.reference() for _ in range(5000)]
    assert len(set(made)) == 5000
    assert all(name.startswith("ec-1-") and name.swapcase() != name and name == name.strip() for name in made)


def test_no_two_requests_share_a_reference(kit, values_of):
    for operation in kit.referencing():
        used = [values_of(operation, kit.build.request(operation.id))[operation.reference] for _ in range(50)]
        assert len(set(used)) == 50


def test_a_change_touches_its_place_only(values_of):
    operation = CONTRACT.operations["sendTopUp"]
    kit = Kit(Build(CONTRACT, Names(run="r")))
    fixed = {operation.reference: "r"}
    good = values_of(operation, kit.build.request(operation.id, change=fixed))
    changed = values_of(operation, kit.build.request(operation.id, change={**fixed, "body/amount": -1, "body/new": 1}))
    assert changed == {**good, "body/amount": -1, "body/new": 1}
    left_out = values_of(operation, kit.build.request(operation.id, change={**fixed, "body/amount": ABSENT}))
    assert left_out == {place: value for place, value in good.items() if place != "body/amount"}


def test_a_change_leaves_the_contract_as_it_is(kit, contract):
    before = repr(contract.operations)
    for operation in contract.operations.values():
        kit.build.request(operation.id, change={"body/a/b/c": 1, "query/x": "y"})
    assert repr(contract.operations) == before


@given(value=st.text(st.characters(codec="utf-8"), min_size=1, max_size=20))
def test_any_text_in_a_path_stays_one_part_of_it(value):
    build = Build(CONTRACT, Names(run="r"))
    target = build.request("getTopUpByRef", change={"path/ref": value}).target
    assert target.count("/") == build.contract.operations["getTopUpByRef"].path.count("/")
    assert re.fullmatch(r"[\x21-\x7e]+", target)
    assert "?" not in target


def test_credentials_are_a_placeholder(kit, contract):
    secured = next(one.id for one in contract.operations.values() if one.secured and one.good[0].sends_as is None)
    request = kit.build.request(secured)
    assert TOKEN in request.header(contract.credentials.header)


def test_what_an_earlier_answer_did_not_tell_cannot_be_made():
    with pytest.raises(UnresolvedError):
        Build(CONTRACT, Names(run="r")).request("getTopUpById")
