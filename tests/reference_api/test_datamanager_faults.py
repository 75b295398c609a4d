"""Each fault of the Data Manager reference API shows in the steps that it is about, and in no other."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from .datamanager_calls import API, conversations_of, differences, everything, steps_of

FAULTS = {fault.name: fault for fault in API.faults}
FOREIGN = "somebody else's account; somebody else's account and a bad currency; in with somebody else's account"
SHOWS = {
    "text-account-id-accepted": "account to log in with",
    "other-digits-accepted": "account in other digits",
    "hyphened-account-id-accepted": "account with hyphens",
    "operating-account-defaulted": "no account",
    "duplicate-reference-accepted": "same reference",
    "references-in-any-case": "same reference in capitals",
    "foreign-account-to-log-in": "in with somebody else's account",
    "foreign-account-as-invalid": FOREIGN,
    "code-of-grpc-in-body": "only validated; unknown request; refused request",
    "code-as-text": FOREIGN,
    "foreign-account-with-401": FOREIGN,
    "own-status-name": "disabled; disabled, members",
    "unknown-request-as-not-found": "only validated; unknown request; refused request; five requests",
    "quota-as-permission-denied": "sixth request; seventh request",
    "nul-in-account-id-crashes": "account with NUL",
    "deep-nesting-crashes": "bottomless body",
    "huge-account-id-crashes": "account of thirty digits",
    "null-item-crashes": "null as event",
    "hash-outside-ascii-crashes": "not hexadecimal, not ASCII",
    "array-body-crashes": "list as body",
    "look-up-without-token": "no token, look-up",
    "wrong-token-on-removal": "wrong token, removal",
    "longer-token-accepted": "longer token",
    "scope-not-checked-on-look-up": "no scope, look-up",
    "disabled-project-may-write": "disabled, members",
    "error-info-twice": "disabled; disabled, members",
    "no-error-info-without-token": (
        "no token; no token, look-up; unknown route without token; half a body without token"
    ),
    "lower-case-reason": "no scope; no scope, look-up",
    "metadata-number": "disabled; disabled, members",
    "error-info-without-domain": FOREIGN,
    "detail-without-type": "sixth request; seventh request",
    "request-info-twice": (
        "bad member, the twelfth; members of two kinds; member of two kinds; empty member; bad mobile id; "
        "no mobile id; short and long ppid; 10001 members"
    ),
    "no-bad-request": "same reference",
    "no-violations-listed": (
        "eleven identifiers; eleven destinations; many items; 2001 events; 2001 events, one bad; 10001 members"
    ),
    "disabled-without-activation-url": "disabled; disabled, members",
    "help-without-address": "disabled; disabled, members",
    "locale-of-posix": "disabled; disabled, members",
    "localized-message-empty": "disabled; disabled, members",
    "phone-numbers-in-clear": "not hexadecimal, number",
    "short-hash-accepted": "short hash",
    "base64-not-checked": "not base64",
    "base64-with-padding-refused": "events in base64",
    "encoding-defaulted": "no encoding",
    "address-half-checked": "half an address",
    "debug-info-on-bad-body": "half a body; list as body; bottomless body",
    "exception-as-description": (
        "not hexadecimal; not hexadecimal twice; not hexadecimal, number; not hexadecimal, not ASCII; "
        "bad record, the twelfth"
    ),
    "wrong-token-repeated": "wrong token; wrong token, removal; longer token",
    "eleven-identifiers-accepted": "eleven identifiers",
    "eleven-destinations-accepted": "eleven destinations",
    "events-limited-as-members": "2001 events; 2001 events, one bad",
    "members-not-limited": "10001 members",
    "tenth-identifier-refused": "eleven identifiers; ten identifiers",
    "tenth-destination-refused": "eleven destinations; ten destinations",
    "last-event-refused": "2000 events; 2001 events",
    "last-member-refused": "10000 members; 10001 members",
    "identifiers-counted-from-one": (
        "not hexadecimal; not hexadecimal twice; not hexadecimal, number; not hexadecimal, not ASCII; "
        "not base64; short hash; bad record, the twelfth"
    ),
    "path-through-internal-names": (
        "account to log in with; account of text; account in other digits; account with hyphens; "
        "account with NUL; account of thirty digits; account as number"
    ),
    "path-with-slashes": (
        "reference to nothing; not hexadecimal; not hexadecimal twice; not hexadecimal, number; "
        "not hexadecimal, not ASCII; not base64; short hash; bad record, the twelfth; "
        "bad member, the twelfth; half an address; address nowhere; two identifiers in one; "
        "bad mobile id; short and long ppid"
    ),
    "record-number-in-batch": "bad record, the twelfth; bad member, the twelfth",
    "operating-account-blamed": "account to log in with",
    "quota-not-named": "sixth request; seventh request",
    "quota-violations-empty": "sixth request; seventh request",
    "delay-as-number": "sixth request; seventh request",
    "delay-of-iso-8601": "sixth request; seventh request",
    "delay-without-unit": "sixth request; seventh request",
    "delay-too-short": "sixth request; seventh request",
    "writes-not-limited": "seventh request",
    "retry-info-on-invalid": "every violation",
    "no-request-info-on-look-up": "only validated; unknown request; refused request",
    "no-request-info-without-scope": "no scope; no scope, look-up",
    "no-request-id-on-denial": FOREIGN,
    "request-id-without-prefix": (
        "no request id; empty body; no account; no encoding; bad member, the twelfth; half an address; "
        "no time; no time and bad currency; analytics without a name"
    ),
    "request-id-of-body": "ids of three refusals",
    "request-ids-disagree": "every error of its own",
    "validated-only-stored": "only validated",
    "refused-request-kept": "refused request",
    "second-try-accepted": "bad member twice",
    "statuses-backwards": "two destinations",
    "count-as-number": "in work; done; two destinations; enums by number; transaction told twice",
    "status-undocumented": "in work",
    "any-three-letters-as-currency": (
        "bad, only validated; no time and bad currency; unknown currency; 2001 events, one bad"
    ),
    "future-event-accepted": "event of 2099",
    "event-without-identifiers-accepted": "no identifiers",
    "mixed-members-accepted": "members of two kinds",
    "enum-in-any-case": "encoding in small letters",
    "events-as-object-accepted": "object as events",
    "first-violation-only": (
        "empty body; not hexadecimal twice; half an address; address nowhere; no time and bad currency; "
        "analytics, reserved name; analytics, bad name; short and long ppid; 2001 events, one bad"
    ),
    "one-violation-for-each-reason": "empty body; not hexadecimal twice; half an address",
    "one-violation-for-each-record": (
        "half an address; address nowhere; no time and bad currency; analytics, reserved name; "
        "analytics, bad name; short and long ppid"
    ),
    "violation-without-description": "bad, only validated; no time and bad currency; unknown currency",
    "localized-message-as-text": "event of 2001; event of 2099",
    "reason-of-another-kind": (
        "not hexadecimal; not hexadecimal twice; not hexadecimal, number; not hexadecimal, not ASCII; "
        "bad record, the twelfth"
    ),
    "reason-as-number": (
        "account to log in with; account of text; account in other digits; account with hyphens; "
        "account with NUL; account of thirty digits; value beyond all numbers"
    ),
    "reason-with-hyphens": (
        "not hexadecimal; not hexadecimal twice; not hexadecimal, number; not hexadecimal, not ASCII; "
        "not base64; bad record, the twelfth"
    ),
    "page-for-unknown-route": "unknown route",
    "error-called-text": "403",
    "error-in-a-list": "half a body; list as body; bottomless body",
    "message-missing": FOREIGN,
}


@pytest.fixture(scope="module")
def plain() -> dict[str, Any]:
    return everything()


@pytest.fixture(scope="module")
def heard() -> dict[str, dict[str, Any]]:
    """What each faulty server answers; most of the time is waiting, so several are talked to at once."""
    with ThreadPoolExecutor(8) as pool:
        return dict(
            zip(SHOWS, pool.map(lambda name: everything(name, (), conversations_of(SHOWS[name])), SHOWS), strict=True)
        )


def test_every_fault_is_tested_and_says_what_it_is() -> None:
    assert sorted(SHOWS) == sorted(FAULTS)
    assert all(fault.origin and fault.hides and fault.rule for fault in FAULTS.values())


@pytest.mark.parametrize("name", SHOWS)
def test_a_fault_shows_where_it_is_meant_to(name: str, plain: dict[str, Any], heard: dict[str, dict[str, Any]]) -> None:
    assert differences(plain, heard[name]) == steps_of(plain, SHOWS[name], heard[name])
