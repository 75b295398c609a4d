"""Each fault of the Depth reference API shows in the steps that it is about, and in no other."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from .depth_calls import CONVERSATION, LIMITED, depth, differences, servers, steps_of, talk

SEQUENCES = "ledger-agrees"  # what only many calls show is shown where sequences are drawn
FAULTS = {fault.name: fault for fault in depth().faults if fault.rule != SEQUENCES}
SHOWS = {
    "busy-creator-assigned": "busy creator; assigned; assigned again; list",
    "finished-project-assigned": "finished project",
    "available-from-in-the-past": "busy creator",
    "alternatives-hold-the-busy-creator": "busy creator",
    "busy-without-projects": "busy creator",
    "expired-token-called-invalid": "list, expired token",
    "unknown-creator-called-user": "unknown creator; creator with a slash",
    "early-deadline-called-invalid-field": "six days and a half; twenty days ago",
    "rejection-alternates": "creator with a slash",
    "missing-token-renamed": "list without token; list, other scheme; create without token",
    "busy-creator-renamed": "busy creator",
    "busy-creator-as-409": "busy creator",
    "unknown-user-as-400": "deleted again; unknown user",
    "early-deadline-as-400": "six days and a half; twenty days ago",
    "array-body-crashes": "",
    "numeric-password-crashes": "password as number",
    "lone-surrogate-crashes": "e-mail with half a surrogate",
    "separator-in-creator-crashes": "creator with a slash",
    "impossible-date-crashes": "31st of February",
    "six-days-accepted": "six days and a half; list",
    "past-deadline-accepted": "twenty days ago; list",
    "ten-days-wanted": "created, eight days; list",
    "minimum-deadline-left-out": "six days and a half; twenty days ago",
    "taken-email-accepted": "registered again; registered, domain in capitals; registered, name in capitals; race",
    "email-domain-compared-by-case": "registered, domain in capitals; registered, name in capitals",
    "registration-race": "race",
    "registration-race-crashes": "race",
    "registrations-race-in-a-crowd": "",
    "assignment-race": "",
    "calendar-gives-way-at-once": "",
    "email-consumed-by-refusal": "refused e-mail, now right",
    "second-at-accepted": "",
    "empty-specialties-accepted": "three faults; no specialty",
    "type-left-out": "unknown project; unknown project and creator",
    "type-of-its-own": "409",
    "english-left-out": "list, expired token",
    "link-left-out": "wrong method",
    "factory-object-as-body": "finished project",
    "refused-with-success-flag": "busy creator",
    "flag-missing-on-success": "list",
    "busy-creator-typed-system": "busy creator",
    "forbidden-typed-authentication": "403",
    "message-in-english": "list, expired token",
    "english-in-arabic": "unknown creator; creator with a slash",
    "message-follows-accept-language": "in English",
    "item-in-english": "all fields left out; in English; no creator",
    "code-follows-accept-language": "in English",
    "stack-in-details": "half a body; list as body",
    "exception-named-in-details": "busy creator",
    "status-of-the-factory-leaked": "every error",
    "token-told-in-details": "list, wrong token; list, longer token; create, wrong token",
    "wait-as-text": "sixth request",
    "wait-negative": "sixth request",
    "limit-without-details": "sixth request",
    "wait-too-short": "sixth request",
    "wait-in-header-in-milliseconds": "sixth request",
    "link-to-the-general-code": "unknown creator; creator with a slash",
    "link-in-lower-case": "401",
    "link-without-code": "six days and a half; twenty days ago",
    "password-without-special-accepted": "no special character",
    "password-without-upper-accepted": "no capital",
    "password-without-number-accepted": "no digit",
    "seven-characters-accepted": "seven characters",
    "eight-characters-refused": "eight characters",
    "deletion-needs-no-permission": "403",
    "permission-by-prefix": "403",
    "forbidden-without-required-permission": "403",
    "forbidden-for-a-permission-held": "403",
    "forbidden-permissions-as-text": "403",
    "request-id-beside-error": "403",
    "request-id-left-out": "unknown route",
    "request-id-repeated": "ids of three refusals",
    "request-id-as-uuid": "every error",
    "time-is-local": "401",
    "time-is-frozen": "422",
    "time-without-milliseconds": "404",
    "time-as-number": "half a body; list as body",
    "expired-token-accepted": "list, expired token",
    "token-compared-by-prefix": "list, longer token",
    "any-token-accepted-on-reading": "list, wrong token; list, longer token",
    "no-token-needed-to-create": "create without token",
    "busy-creator-stays-in-the-project": "assigned; assigned again; list",
    "early-project-kept": "list",
    "first-violation-only": "three faults; all fields left out; in English; number and text left out",
    "one-violation-for-each-code": "all fields left out; in English",
    "list-of-violations-empty": "bad e-mail; e-mail without dot; e-mail with half a surrogate",
    "list-of-violations-left-out": "no creator; creator as number",
    "item-without-code": (
        "password as number; specialties as text; no date; 31st of February; number and text left out; "
        "creator as number"
    ),
    "requirements-left-out": "three faults",
    "requirements-incomplete": "three faults; no special character; no capital; no digit; seven characters",
    "column-named-instead-of-field": "no creator; creator as number",
    "innocent-field-named": "bad e-mail; no special character; no specialty",
    "unknown-route-as-page": "unknown route",
    "refusal-sent-as-html": "401",
    "length-counted-in-characters": "every error; assigned; assigned again; list",
    "answer-cut-short": "422",
}
"""The steps of the conversation that come out differently, or what several of them have in common."""


@pytest.fixture(scope="module")
def talks() -> Iterator[Mapping[str, Mapping[str, Any]]]:
    """What came back from the plain server and from that of each fault, by the name of the step."""
    variants: dict[str, dict[str, Any]] = {"plain": {}} | {name: {"fault": name} for name in FAULTS}
    limited = {f"{name}, limited": variant | {"rate_limit": "5/minute"} for name, variant in variants.items()}
    with servers(variants | limited) as clients:
        yield {
            name: talk(clients[name], CONVERSATION) | talk(clients[f"{name}, limited"], LIMITED) for name in variants
        }


def test_every_fault_has_its_steps() -> None:
    assert SHOWS.keys() == FAULTS.keys()


@pytest.mark.parametrize("name", SHOWS)
def test_a_fault_shows_where_it_should_and_nowhere_else(name: str, talks: Mapping[str, Mapping[str, Any]]) -> None:
    assert differences(talks["plain"], talks[name]) == steps_of(talks["plain"], SHOWS[name])


def test_faults_say_where_they_come_from() -> None:
    assert all(fault.origin and fault.rule and fault.hides for fault in FAULTS.values())
    assert {fault.contract for fault in FAULTS.values()} == {"depth"}
