"""Credentials come from the environment, and headers of the user's are read strictly."""

from __future__ import annotations

import pytest

from errorcontract.exchange import Secrets
from errorcontract.exchange.secrets import extra_header


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
