"""Commands that are printed: variables in the place of what is private, and the same bytes once they are set."""

from __future__ import annotations

import subprocess

import pytest

from errorcontract.curl import Words, command, variables
from errorcontract.embedded import _environment
from errorcontract.model import Request
from errorcontract.plugin.arguments import shown

PHONE, EMAIL = "0771234567", "a.b@example.com"
NAMED = {PHONE: ("phone", "the phone"), EMAIL: ("e-mail", "the address")}
SAYING = 'curl() { [ "$*" = "${*%@-*}" ] || cat; printf "%s\\n" "$@"; }'


@pytest.fixture
def printed():
    """The commands for a request, and what curl is told when they are pasted."""

    def made(request, env):
        found = variables(NAMED, {"RUN"})
        words = Words(run="ec-1", private={form: told for one in found for form, told in one.forms.items()})
        line = command(request, "http://target", words)
        script = "\n".join([*(told for one in found for told in one.lines(line)), line])
        done = subprocess.run(
            ["bash", "-c", f"{SAYING}\n{script}"],  # noqa: S607
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", **env},
            capture_output=True,
            text=True,
            check=False,
        )
        return script, done

    return made


GIVEN = {"PHONE": PHONE, "E_MAIL": EMAIL}


@pytest.mark.parametrize(
    "body",
    [
        f'{{"phone": "{PHONE}", "email": "{EMAIL}"}}',
        f'{{"phone": "+213{PHONE[1:]}"}}',
        f"email=a.b%40example.com&phone={PHONE}",
        f'{{"phone": "\n{PHONE}"}}',
        f'{{"phone": "{PHONE}{"0" * 20000}"}}',
    ],
)
def test_a_pasted_command_sends_what_was_sent(printed, body):
    script, done = printed(Request(method="POST", target=f"/p/{PHONE}", body=body.encode()), GIVEN)
    assert PHONE not in script
    assert PHONE[1:] not in script
    assert EMAIL not in script
    assert body in done.stdout
    assert f"http://target/p/{PHONE}" in done.stdout


def test_a_variable_that_is_missing_is_asked_for(printed):
    _, done = printed(Request(method="GET", target=f"/p/{PHONE}"), {})
    assert done.returncode != 0
    assert "PHONE: the phone" in done.stderr


def test_the_embedded_api_is_given_nothing_of_the_users(monkeypatch):
    for name in ("ORDERS_TOKEN", "GATEWAY_KEY", "AWS_SECRET_ACCESS_KEY", "PASSWORD"):
        monkeypatch.setenv(name, "sesame-1")
    assert "sesame-1" not in _environment().values()
    assert {"PATH", "PYTHONPATH"} <= set(_environment())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--header", "X-Api-Key: sesame-1"], ["--header", "X-Api-Key: ${X_API_KEY}"]),
        (["--header=X-Api-Key: abc"], ["--header=X-Api-Key: ${X_API_KEY}"]),
        (["--header", "X-Tenant: acme"], ["--header", "X-Tenant: acme"]),
        (["--data", "password=abc"], ["--data", "password=***password***"]),
        (["--data=amount=5", "-v"], ["--data=amount=5", "-v"]),
    ],
)
def test_the_command_line_is_told_without_secrets(given, told):
    assert shown(given) == told
