"""No secret survives masking, in whatever form a target repeats it, and nothing else changes."""

from __future__ import annotations

import base64
import gzip
import json

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from errorcontract.exchange import Mask
from errorcontract.exchange.masking.needles import LEAST, long_enough
from errorcontract.model import HIDDEN, hidden

from .forms import CANARIES, FORMS, LAYERS

CODERS = [base64.b64encode, base64.urlsafe_b64encode]
SECRETS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=LEAST, max_size=40)
PLAIN = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=LEAST, max_size=40)
AROUND = st.text(st.characters(codec="utf-8"), max_size=20)
WORDS = st.text("abc XYZ .,", max_size=12).map(lambda text: f"{text} ")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", CANARIES)
def test_a_secret_is_gone_in_any_form(secret, form):
    told = FORMS[form](secret)
    mask = Mask([secret])
    assert mask.text(f'{{"a": "x {told} y"}}').count(HIDDEN) == 1
    assert mask.bytes(f'{{"a": "x {told} y"}}'.encode()).count(HIDDEN.encode()) == 1
    assert told not in mask.text(f"x {told} y")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", CANARIES)
def test_a_line_of_the_journal_that_may_hold_one_is_recognised(secret, form):
    line = json.dumps({"body": f"x {FORMS[form](secret)} y"}, ensure_ascii=False, separators=(",", ":"))
    assert Mask([secret]).stands_in(line)


@settings(deadline=None)
@given(SECRETS, AROUND, AROUND)
def test_a_secret_is_gone_from_any_text(secret, before, after):
    assume(secret.lower() not in (before + after + HIDDEN).lower())
    assert secret not in Mask([secret]).text(before + secret + after).replace(HIDDEN, "\0")


@settings(deadline=None)
@given(SECRETS, AROUND, AROUND)
def test_a_secret_is_gone_from_any_body(secret, before, after):
    assume(secret.lower() not in (before + after + HIDDEN).lower())
    body = Mask([secret]).bytes((before + secret + after).encode())
    assert secret.encode() not in body.replace(HIDDEN.encode(), b"\0")


@settings(deadline=None)
@given(PLAIN, st.sampled_from(list(FORMS)), st.sampled_from(LAYERS), WORDS, WORDS)
@example("aaaaaaaa", "as it is", "Base64", "", "")
@example("00000000", "quoted-printable, broken up", "hexadecimal", " ", " ")
@example("00000000", "quoted-printable, broken up", "Base64 of UTF-16", " ", " ")
def test_forms_in_forms_are_gone_too(secret, inner, outer, before, after):
    assume(secret.lower() not in HIDDEN)
    told = FORMS[outer](FORMS[inner](secret))
    masked = Mask([secret]).text(f"{before} {told} {after}")
    assert told not in masked
    assert HIDDEN in masked


@pytest.mark.parametrize("inner", FORMS)
def test_every_form_in_every_other_is_gone(inner):
    left = [
        (secret, outer)
        for secret in ("00000000", "Qx7!pL2m", "Canary-7f3A/b+c=9Z")
        for outer in LAYERS
        if HIDDEN not in Mask([secret]).text(f"x  {FORMS[outer](FORMS[inner](secret))} y")
    ]
    assert not left


@settings(deadline=None)
@given(PLAIN, st.sampled_from(list(FORMS)), AROUND, AROUND)
def test_what_is_masked_stays_as_it_is(secret, form, before, after):
    mask = Mask([secret])
    once = mask.text(before + FORMS[form](secret) + after)
    assert mask.text(once) == once


@settings(deadline=None)
@given(st.lists(PLAIN, max_size=3), st.text('abcdef ghijklm{}":,\\n%20&amp;é', max_size=200))
def test_a_text_without_a_secret_comes_back_as_it_is(secrets, text):
    assume(not any(long_enough(one) and one.lower() in text.lower() for one in secrets))
    secrets = [one for one in secrets if any(char in one for char in "QZ~")]
    assert Mask(secrets).text(text) == text
    assert Mask(secrets).bytes(text.encode()) == text.encode()


@settings(deadline=None)
@given(PLAIN, st.binary(max_size=9), st.binary(max_size=9), st.sampled_from(CODERS))
@example("secret-key", b"user:", b"", base64.b64encode)
@example("???>>>~~~", b"x", b"y", base64.urlsafe_b64encode)
def test_no_stretch_of_base64_gives_the_secret_back(secret, before, after, encode):
    masked = Mask([secret]).text(encode(before + secret.encode() + after).decode())
    assert HIDDEN in masked
    left = masked.replace(HIDDEN, " ").split()
    assert all(secret.encode()[1:-1] not in decoded for part in left for decoded in readings(part))


def readings(text):
    """What the text is in Base64, wherever its first character stood in a group of four."""
    common = text.rstrip("=").replace("-", "+").replace("_", "/")
    return [
        base64.b64decode(aligned + "A" * (-len(aligned) % 4))
        for aligned in ("A" * shift + common for shift in range(4))
    ]


def test_a_body_that_is_packed_without_saying_so_is_read():
    packed = gzip.compress(b"the key is sandbox-key-1")
    assert Mask(["sandbox-key-1"]).bytes(packed) == f"the key is {HIDDEN}".encode()
    assert Mask(["another-key-2"]).bytes(packed) == packed


def test_bytes_that_are_no_text_keep_all_but_the_secret():
    assert Mask(["sandbox-key-1"]).bytes(b"\xff\x00sandbox-key-1\xfe") == b"\xff\x00" + HIDDEN.encode() + b"\xfe"


def test_the_longest_of_several_secrets_is_hidden_whole():
    assert Mask(["secret-1", "secret-1-and-more"]).text("a secret-1-and-more b secret-1") == f"a {HIDDEN} b {HIDDEN}"


def test_each_secret_keeps_its_name():
    mask = Mask({"ERRORCONTRACT_TOKEN": "main-key-1", "GATEWAY": "gateway-key-1"})
    assert mask.text("gateway-key-1, main-key-1") == f"{hidden('GATEWAY')}, {hidden('ERRORCONTRACT_TOKEN')}"


@pytest.mark.parametrize("secret", ["abc", "sandbox", "12345", "a-b1"])
def test_a_secret_too_short_to_tell_from_ordinary_text_is_left_in_texts(secret):
    mask = Mask({"KEY": secret})
    assert mask.text(f"x{secret}y") == f"x{secret}y"
    assert mask.known.short == ["KEY"]


def test_six_characters_will_do_where_they_are_mixed():
    assert Mask(["ab-123"]).text("x ab-123 y") == f"x {HIDDEN} y"


@pytest.mark.parametrize("mask", [Mask([]), Mask(["", "a"])])
def test_without_a_secret_nothing_changes(mask):
    assert (mask.text("a b"), mask.bytes(b"a b"), mask.stands_in("a b")) == ("a b", b"a b", False)
