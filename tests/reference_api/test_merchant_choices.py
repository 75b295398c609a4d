"""Each choice changes the answers that it should, and stays legal."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from .merchant_calls import CONVERSATION, LIMITED, differences, merchant, servers, steps_of, talk

CHOICES = [choice.name for choice in merchant().choices]
SHOWS = {
    "second-delete-succeeds": "deleted again",
    "quota-code-as-reason": "sixth request",
    "retry-info-on-quota": "sixth request",
    "wrong-method-unimplemented": "wrong method",
    "unknown-data-source-as-400": "unknown source",
    "get-account-open": "their account",
    "eventually-consistent": "read",
    "pretty-json": "every error; product input; read; read after lower version",
    "legacy-accounts-errors": "account no number, account; account of 19 digits; their account; registered there",
    "legacy-accounts-errors-list": "account no number, account; account of 19 digits; their account; registered there",
    "no-details-in-front": "CREDENTIALS_MISSING; ACCESS_TOKEN_EXPIRED; PAYLOAD_MALFORMED; METHOD_NOT_FOUND",
    "absent-empty-list": "product input; read; read after lower version; read, encoded",
    "credentials-after-name-syntax": "account no number, no token",
    "route-before-credentials": "unknown route without token",
    "limit-before-credentials": "seventh request, without token",
    "product-name-before-permission": "name of another form, there",
    "body-before-permission": "inserted there, half a body",
    "body-before-data-source": "source and body",
    "permission-before-name-syntax": "account of 19 digits",
    "unknown-query-refused": "listed, unknown parameter",
    "unknown-members-refused": "unknown member; listed",
    "media-type-ignored": "other media type",
    "required-before-form": "label and offer",
    "known-languages-by-form": "language that is none; listed",
    "absent-account-not-found": "account of nobody",
    "reason-upper-snake": (
        "INVALID_FIELD_VALUE; PERMISSION_DENIED_ACCOUNTS; INVALID_NAME_PART_NOT_NUMBER; PRODUCT_NOT_FOUND"
    ),
    "extra-metadata-keys": "every error; two values that are wrong",
    "help-center-link": "every error; two values that are wrong",
    "other-messages": "every error; two values that are wrong",
    "translated-messages": "every error; two values that are wrong",
    "other-details-around": "every error; two values that are wrong",
    "no-field-value": "INVALID_FIELD_VALUE; PRODUCT_NOT_FOUND; INVALID_NAME_FORMAT; lower version",
    "snake-case-locations": (
        "REQUIRED_FIELD_MISSING; source of another account; offer as number; offer with half a surrogate"
    ),
    "infrastructure-in-own-domain": "CREDENTIALS_MISSING; ACCESS_TOKEN_EXPIRED; PAYLOAD_MALFORMED; METHOD_NOT_FOUND",
}
"""Steps of the conversation that come out differently, or what several of them have in common."""

FAR_REACHING = 4
"""A choice with so many steps may show in more of them."""


@pytest.fixture(scope="module")
def talks() -> Iterator[Mapping[str, Mapping[str, Any]]]:
    """What came back from the plain server and from that of each choice, by the name of the step."""
    variants: dict[str, dict[str, Any]] = {"plain": {}} | {name: {"choices": [name]} for name in CHOICES}
    limited = {f"{name}, limited": variant | {"rate_limit": "5/minute"} for name, variant in variants.items()}
    with servers(variants | limited) as clients:
        yield {
            name: talk(clients[name], CONVERSATION) | talk(clients[f"{name}, limited"], LIMITED) for name in variants
        }


def test_every_choice_is_tested() -> None:
    assert sorted(SHOWS) == sorted(CHOICES)


@pytest.mark.parametrize("name", SHOWS)
def test_a_choice_shows(name: str, talks: Mapping[str, Mapping[str, Any]]) -> None:
    found, told = differences(talks["plain"], talks[name]), steps_of(talks["plain"], SHOWS[name])
    assert told
    assert told <= found
    passing = name in ("eventually-consistent", "legacy-accounts-errors", "legacy-accounts-errors-list")
    assert found == told or passing or len(SHOWS[name].split("; ")) >= FAR_REACHING


@pytest.mark.parametrize("name", SHOWS)
def test_a_choice_keeps_inserting_and_reading_working(name: str, talks: Mapping[str, Mapping[str, Any]]) -> None:
    talked = talks[name]
    assert [talked[step][0] for step in ("inserted", "same version", "changed", "deleted")] == [200] * 4
    assert talked["listed, 5000 a page"] == 200
    assert talked["lower version"][0] == 409


def test_choices_combine() -> None:
    with servers({"all": {"choices": CHOICES}}) as clients:
        assert clients["all"].insert()[0] == 200
        assert clients["all"].get("en~US~none")[0] == 404
