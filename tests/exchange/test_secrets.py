"""Credentials come from the environment, and headers of the user's are read strictly."""

from __future__ import annotations

import pytest

from errorcontract.exchange import Secrets
from errorcontract.exchange.secrets import extra_header
from errorcontract.model import Exchange, Request, Response


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("${KEY}", "Ab9"),
        ("a${KEY}b${KEY}", "aAb9bAb9"),
        ("${KEY%?}", "Ab"),
        ("${KEY^^}", "AB9"),
        ("$KEY {KEY}", "$KEY {KEY}"),
        ("${OTHER}", "${OTHER}"),
        ("", ""),
    ],
)
def test_placeholders_are_filled_as_a_shell_would(text, filled):
    assert Secrets(values={"KEY": "Ab9"}).fill(text) == filled


def test_a_header_is_a_name_and_a_value():
    assert extra_header(" X-Tenant :  a: b ") == (("X-Tenant", "a: b"), {})
    assert extra_header("X-Empty:") == (("X-Empty", ""), {})


def test_the_value_of_a_variable_stays_out_of_the_header(monkeypatch):
    monkeypatch.setenv("TENANT", "tenant-secret")
    assert extra_header("X-Tenant: env:TENANT") == (("X-Tenant", "${TENANT}"), {"TENANT": "tenant-secret"})


@pytest.mark.parametrize(
    "line", ["", "no colon", ": value", "X Y: value", "X-Ä: value", "X: a\r\nInjected: b", "X\nY: a"]
)
def test_what_is_no_header_is_refused(line):
    with pytest.raises(ValueError, match="NAME: VALUE"):
        extra_header(line)


@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_that_is_not_set_is_refused_by_name(monkeypatch, value):
    monkeypatch.delenv("TENANT", raising=False)
    if value is not None:
        monkeypatch.setenv("TENANT", value)
    with pytest.raises(ValueError, match="TENANT is not set"):
        extra_header("X-Tenant: env:TENANT")


@pytest.mark.parametrize(
    ("line", "header", "secret"),
    [
        ("Authorization: Bearer abc", ("Authorization", "Bearer ${AUTHORIZATION}"), "abc"),
        ("X-Api-Key: abc", ("X-Api-Key", "${X_API_KEY}"), "abc"),
        ("Cookie: a=1; b=2", ("Cookie", "${COOKIE}"), "a=1; b=2"),
    ],
)
def test_a_credential_that_is_written_out_becomes_a_placeholder(line, header, secret):
    read, secrets = extra_header(line)
    assert read == header
    assert list(secrets.values()) == [secret]
    assert Secrets(values=secrets).fill(read[1]) == line.partition(": ")[2]


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("X-Plain: one-long-word-1", True),
        ("X-Plain: Bearer one-long-word-1", True),
        ("X-Tenant: acme", False),
        ("X-Note: some words of a text", False),
        ("User-Agent: one-long-word-1", False),
    ],
)
def test_a_value_that_looks_like_a_credential_is_taken_for_one(line, hidden):
    assert bool(extra_header(line, cautious=True)[1]) is hidden
    assert extra_header(line)[1] == {}


@pytest.mark.parametrize("line", ["X-Api-Key sesame-1", "sesame-1", "X Y: sesame-1", "X-Api-Key: sesame-1\n"])
def test_what_is_refused_is_not_repeated(line):
    try:
        extra_header(line)
    except ValueError as problem:
        assert "sesame" not in str(problem)  # noqa: PT017 - one of them is no mistake


def test_a_traceback_shows_no_value():
    secrets = Secrets(values={"KEY": "sesame-1"}, extra_headers=(("X-Key", "sesame-2"),))
    request = Request(method="GET", target="/sesame-3", headers=(("X-Key", "sesame-4"),), body=b"sesame-5")
    response = Response(status=200, headers=(("Set-Cookie", "sesame-6"),), body=b"sesame-7", reason="sesame-8")
    exchange = Exchange(number=1, case="a case", step="a step", request=request, response=response)
    assert "sesame" not in repr((secrets, exchange))
