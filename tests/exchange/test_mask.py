"""No secret survives in anything that is kept."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from errorcontract.exchange import Mask
from errorcontract.model import HIDDEN

SECRETS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=4, max_size=40)
AROUND = st.text(st.characters(codec="utf-8"), max_size=20)


@given(SECRETS, AROUND, AROUND)
def test_a_secret_is_gone_from_any_text(secret, before, after):
    assume(secret not in before + after + HIDDEN)
    assert secret not in Mask([secret]).text(before + secret + after).replace(HIDDEN, "\0")


@given(SECRETS, AROUND, AROUND)
def test_a_secret_is_gone_from_any_body(secret, before, after):
    assume(secret not in before + after + HIDDEN)
    body = Mask([secret]).bytes((before + secret + after).encode())
    assert secret.encode() not in body.replace(HIDDEN.encode(), b"\0")


@given(SECRETS, st.sampled_from([quote, quote_plus]))
def test_a_url_encoded_secret_is_gone(secret, encode):
    form = encode(secret, safe="")
    assume(form not in HIDDEN)
    assert Mask([secret]).text(f"/path?key={form}&x=1") == f"/path?key={HIDDEN}&x=1"


@given(SECRETS, st.booleans())
def test_a_json_escaped_secret_is_gone(secret, ascii_only):
    form = json.dumps(secret, ensure_ascii=ascii_only)[1:-1]
    assume(form not in HIDDEN)
    assert form not in Mask([secret]).text(json.dumps({"a": secret}, ensure_ascii=ascii_only)).replace(HIDDEN, "\0")


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=8, max_size=40))
def test_a_secret_written_in_unicode_escapes_is_gone(secret):
    form = "".join(f"\\u{ord(char):04x}" for char in secret)
    assert Mask([secret]).text(f'"{form}"') == f'"{HIDDEN}"'


@given(
    st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=8, max_size=40),
    st.binary(max_size=9),
    st.binary(max_size=9),
    st.sampled_from([base64.b64encode, base64.urlsafe_b64encode]),
)
@example("secret-key", b"user:", b"", base64.b64encode)
@example("???>>>~~~", b"x", b"y", base64.urlsafe_b64encode)
def test_no_stretch_of_base64_gives_the_secret_back(secret, before, after, encode):
    masked = Mask([secret]).text(encode(before + secret.encode() + after).decode())
    assert HIDDEN in masked
    left = masked.replace(HIDDEN, " ").split()
    assert all(secret.encode()[2:-2] not in decoded for part in left for decoded in readings(part))


def readings(text):
    """What the text is in Base64, wherever its first character stood in a group of four."""
    common = text.rstrip("=").replace("-", "+").replace("_", "/")
    return [
        base64.b64decode(aligned + "A" * (-len(aligned) % 4))
        for aligned in ("A" * shift + common for shift in range(4))
    ]


def test_the_longest_of_several_secrets_is_hidden_whole():
    assert Mask(["secret", "secret-and-more"]).text("a secret-and-more b secret") == f"a {HIDDEN} b {HIDDEN}"


def test_a_secret_too_short_to_tell_from_ordinary_text_is_left_in_texts():
    assert Mask(["abc"]).text("abcdef") == "abcdef"


@pytest.mark.parametrize("mask", [Mask([]), Mask(["", "a"])])
def test_without_a_secret_nothing_changes(mask):
    assert (mask.text("a b"), mask.bytes(b"a b")) == ("a b", b"a b")


@pytest.mark.parametrize("name", ["Set-Cookie", "COOKIE", "Authorization", "proxy-authorization"])
def test_private_headers_of_an_answer_are_hidden_whole(name):
    headers = ((name, "anything"), ("X-Else", "kept"))
    assert Mask([]).headers(headers, received=True) == ((name, HIDDEN), ("X-Else", "kept"))
    assert Mask([]).headers(headers, received=False) == headers
