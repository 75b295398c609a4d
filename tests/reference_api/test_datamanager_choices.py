"""Each choice of the Data Manager reference API shows in the steps that it is about, and in no other."""

import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from .datamanager_calls import API, STATUS, client_of, conversations_of, differences, everything, steps_of

CHOICES = [choice.name for choice in API.choices]
SHOWS = {
    "route-before-credentials": "unknown route without token",
    "syntax-before-credentials": "half a body without token",
    "limit-before-credentials": "wrong token then",
    "values-before-permission": "somebody else's account and a bad currency",
    "enums-refused-early": "unknown encoding; encoding in small letters; unknown source",
    "unknown-members-ignored": "unknown member",
    "media-type-ignored": "other media type",
    "long-lists-not-looked-into": "2001 events, one bad",
    "narrow-time-window": "event of last week",
    "ids-like-those-of-errors": "every id",
    "fixed-window": "",
    "scope-refused-as-generic": "no scope; no scope, look-up",
    "no-request-id-in-metadata": "every error of its own",
    "serving-data": "every error",
    "more-details": "every error",
    "details-in-another-order": "every error",
    "other-messages": "every error",
    "extra-members": "every error",
    "first-reason-in-error-info": "every violation",
    "malformed-with-own-domain": "half a body; list as body; bottomless body",
    "quota-failure-only": "sixth request; seventh request",
    "quota-limit-only": "sixth request; seventh request",
    "no-retry-info": "sixth request; seventh request",
    "wait-in-header-too": "sixth request; seventh request",
    "wait-in-header-only": "sixth request; seventh request",
    "fractional-delay": "sixth request; seventh request",
    "quota-as-resource-exhausted": "sixth request; seventh request",
    "camel-case-paths": "every long name",
    "doubled-heads": "every record",
    "paths-to-the-member": (
        "not hexadecimal; not hexadecimal twice; not hexadecimal, number; not hexadecimal, not ASCII; "
        "not base64; short hash; bad record, the twelfth"
    ),
    "violations-in-another-order": (
        "empty body; not hexadecimal twice; half an address; address nowhere; no time and bad currency; "
        "analytics, reserved name; analytics, bad name; short and long ppid"
    ),
    "localized-violations": "every violation",
    "field-warnings": "every id",
    "done-at-once": "in work; enums by number",
    "title-case-headers": "",
    "chunked-answers": "every answer",
    "indented-answers": "",
}


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    return everything()


@pytest.fixture(scope="module")
def heard() -> dict[str, dict[str, Any]]:
    """What each server answers; most of the time is waiting, so several are talked to at once."""
    with ThreadPoolExecutor(8) as pool:
        return dict(
            zip(
                SHOWS,
                pool.map(lambda name: everything(None, (name,), conversations_of(SHOWS[name])), SHOWS),
                strict=True,
            )
        )


def test_every_choice_is_tested() -> None:
    assert sorted(SHOWS) == sorted(CHOICES)


@pytest.mark.parametrize("name", SHOWS)
def test_a_choice_shows_where_it_is_meant_to(
    name: str, plain: dict[str, Any], heard: dict[str, dict[str, Any]]
) -> None:
    assert differences(plain, heard[name]) == steps_of(plain, SHOWS[name], heard[name])


def test_header_names_can_be_written_in_title_case() -> None:
    with socket.create_connection(("127.0.0.1", client_of(None, "title-case-headers").port), timeout=5) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b"\r\nContent-Type: " in line.makefile("rb").read()


def test_answers_can_be_indented() -> None:
    assert client_of(None, "indented-answers").raw("GET", STATUS)[2].startswith(b'{\n  "error": {\n')


def test_a_fixed_window_limits_too() -> None:
    api = client_of(None, "fixed-window", rate_limit="2/minute")
    assert [api.raw("GET", STATUS)[0] for _ in range(3)] == [400, 400, 429]


def test_choices_combine() -> None:
    api = client_of(None, *(name for name in CHOICES if name != "title-case-headers"))
    assert api.ingest()[0] == 200
    assert api.status("x")[0] == 400
