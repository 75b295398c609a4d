"""Numbers, and what is private by its place."""

from __future__ import annotations

import json

import pytest

from errorcontract.exchange import Mask, Places
from errorcontract.model import Exchange, Request, Response


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("0771234567", "***phone-1***"),
        ("\n0771234567", "\n***phone-1***"),
        ("07712345670", "***phone-1***0"),
        ("0771 23 45 67", "***phone-1***"),
        ("+213771234567", "+213***phone-1[1:]***"),
        ("+213 771 23 45 67", "+213 ***phone-1[1:]***"),
        ("771234567", "***phone-1[1:]***"),
        ("٠٧٧١٢٣٤٥٦٧", "***phone-1***"),
        ("０７７１２３４５６７", "***phone-1***"),
        ("077123456", "077123456"),
        ("0871234567", "0871234567"),
    ],
)
def test_a_number_is_hidden_however_it_is_written_and_other_numbers_are_not(told, shown):
    mask = Mask()
    mask.known.give("0771234567", "phone", "the user")
    assert mask.text(f"the number {told}.") == f"the number {shown}."
    line = json.dumps({"body": told}, ensure_ascii=False)
    assert mask.stands_in(line) or told == shown


def test_equal_values_are_seen_to_be_equal():
    mask = Mask()
    mask.known.give("a@example.com", "email", "the user")
    mask.known.give("b@example.com", "email", "the user")
    assert mask.text("A@EXAMPLE.com b@example.com a@example.com") == "***email-1*** ***email-2*** ***email-1***"


# by place

TOLD = Places(personal=frozenset({"mssidn"}), secret=frozenset({"/data/pass"}), headers=frozenset({"x-key"}))


def told(body, status=200, headers=(), request=Request(method="POST", target="/")):  # noqa: B008 - never changed
    response = Response(status=status, headers=headers, body=json.dumps(body).encode())
    return Exchange(number=1, case="a case", step="a step", request=request, response=response)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("Set-Cookie", "sid=a1b2c3d4e5; Path=/; HttpOnly", "sid=***cookie-1***; Path=/; HttpOnly"),
        ("Set-Cookie", "sid=abc; Path=/", "sid=***cookie***; Path=/"),
        ("set-cookie", "abc", "***set-cookie***"),
        ("Cookie", "a=1; b=2", "a=***cookie***; b=***cookie***"),
        ("Authorization", "Bearer abc", "Bearer ***authorization***"),
        ("proxy-authorization", "abc", "***proxy-authorization***"),
        ("X-API-Key", "abc", "***x-api-key***"),
        ("X-Auth-Token", "a1b2c3d4e5", "***x-auth-token-1***"),
        ("X-Key", "abc", "***x-key***"),
        ("Location", "/back?access_token=abc&x=1", "/back?access_token=***access_token***&x=1"),
        ("WWW-Authenticate", 'Bearer realm="a", error="invalid_token"', 'Bearer realm="a", error="invalid_token"'),
        ("Idempotency-Key", "a1b2c3d4e5", "a1b2c3d4e5"),
        ("ETag", '"a1b2c3d4e5"', '"a1b2c3d4e5"'),
    ],
)
def test_private_headers_of_an_answer_are_hidden_whatever_they_hold(name, value, shown):
    mask, headers = Mask(places=TOLD), ((name, value), ("X-Else", "kept"))
    mask.learn(told({}, headers=headers))
    assert mask.data(mask.headers(headers, received=True)) == [[name, shown], ["X-Else", "kept"]]
    assert mask.headers(headers, received=False) == headers


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ({"MSSIDN": "0771234567"}, {"MSSIDN": "***MSSIDN-1***"}),
        ({"list": [{"mssidn": ["0771234567"]}]}, {"list": [{"mssidn": ["***mssidn-1***"]}]}),
        ({"data": {"pass": "open-sesame-1"}}, {"data": {"pass": "***pass-1***"}}),
        ({"access_token": "a1b2c3d4e5"}, {"access_token": "***access_token-1***"}),
        ({"apiKey": "abc"}, {"apiKey": "***apiKey***"}),
        ({"pageToken": "a1b2c3d4e5"}, {"pageToken": "a1b2c3d4e5"}),
        ({"password": "must be longer than that"}, {"password": "must be longer than that"}),
        ({"url": "https://x/?token=a1b2c3d4e5"}, {"url": "https://x/?token=***token-1***"}),
    ],
)
def test_members_that_are_called_private_are_hidden_in_answers(body, shown):
    mask = Mask(places=TOLD)
    mask.learn(told(body))
    assert json.loads(mask.text(mask.body(json.dumps(body), received=True))) == shown


def test_a_value_that_the_target_told_is_hidden_from_then_on_everywhere():
    mask = Mask(places=TOLD)
    mask.learn(told({"accessToken": "a1b2c3d4e5"}, headers=(("Set-Cookie", "sid=k9k8k7k6k5"),)))
    assert mask.text("token a1b2c3d4e5, cookie %6b9k8k7k6k5") == "token ***accessToken-1***, cookie ***cookie-1***"


def test_a_value_that_was_made_for_a_test_stays_to_be_seen():
    mask = Mask(places=TOLD)
    sent = Request(method="POST", target="/", body=b'{"MSSIDN": "0999999999", "password": "short-1"}')
    mask.learn(told({"MSSIDN": "0999999999", "password": "short-1"}, 400, request=sent))
    assert mask.text("the number 0999999999") == "the number 0999999999"
    assert mask.body('{"password": "short-1"}', received=True) == '{"password": "short-1"}'


def test_a_message_about_a_password_is_no_password():
    mask = Mask()
    mask.learn(told({"password": "required_here_and_everywhere"}, 400))
    assert mask.text("required_here_and_everywhere") == "required_here_and_everywhere"


def test_requests_of_somebody_else_are_private_too():
    mask = Mask(places=Places(foreign=True))
    headers = (("X-Api-Key", "q1w2e3r4t5"),)
    request = Request(method="POST", target="/", headers=headers, body=b'{"password": "hunter-22"}')
    mask.learn(told({}, request=request))
    assert mask.headers(request.headers, received=False) == (("X-Api-Key", "***x-api-key-1***"),)
    assert mask.text("q1w2e3r4t5 hunter-22") == "***x-api-key-1*** ***password-1***"


def test_of_very_many_values_the_latest_are_known():
    mask = Mask()
    for number in range(1000):
        mask.learn(told({}, headers=(("Set-Cookie", f"sid=cookie-number-{number:05}"),)))
    assert mask.text("cookie-number-00999") == "***cookie-1000***"
    assert len(mask.known.needles) < 300
