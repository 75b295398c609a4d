"""Each fault changes the answers that it should, and leaves all others as they are."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from .merchant_calls import CONVERSATION, LIMITED, differences, merchant, servers, steps_of, talk

FAULTS = {fault.name: fault for fault in merchant().faults}
SHOWS = {
    "large-page-refused": "listed, 5000 a page",
    "accounts-wrapped": "account",
    "version-as-number": (
        "inserted; read; same version; read after lower version; higher version; changed; changed, all of the"
        " body; read after changes"
    ),
    "products-as-object": "listed, as what",
    "answer-with-mark": "lower version",
    "json-cut-at-quotes": "offer with half a surrogate; label with a quote",
    "quota-never-enforced": "sixth request",
    "quota-as-permission-denied": "sixth request",
    "quota-delay-in-words": "sixth request",
    "name-not-number-called-permission": "account no number, list",
    "permission-with-403": "PERMISSION_DENIED_ACCOUNTS",
    "number-as-404": "account no number; account and letters; account no number, list",
    "reason-translated": "no such product, in Arabic",
    "rejection-alternates": (
        "offer as number; label with small letters; label with blanks around; language of three letters; "
        "version below zero; version as flag; local as text; title as number; amount in words; availability "
        "unknown; long custom attribute; changed, wrong price; listed, ten a page in words; registered, "
        "address as number; two values that are wrong"
    ),
    "missing-token-as-403": "accounts without token; accounts, empty token; seventh request, without token",
    "bad-base64-crashes": "name of another form; name not base64",
    "nul-in-name-crashes": "name with NUL",
    "lone-surrogate-crashes": "offer with half a surrogate",
    "inserts-at-once-crash": "sixteen at once",
    "null-list-crashes": "custom attributes null",
    "huge-version-crashes": "version beyond 64 bits",
    "array-body-crashes": "list as body",
    "strange-page-token-crashes": "strange page",
    "text-page-size-crashes": "listed, ten a page in words",
    "array-attributes-crash": "attributes as list",
    "unknown-mask-crashes": "changed, unknown mask",
    "accounts-list-open": "accounts without token; accounts, empty token",
    "any-token-on-patch": "changed without scope; changed with a wrong token",
    "longer-token-accepted": "accounts, longer token",
    "scope-ignored-on-patch": "changed without scope",
    "foreign-account-listed": "their products",
    "foreign-account-registered": "registered there",
    "foreign-account-hidden-by-404": "products of nobody",
    "challenge-missing": "PERMISSION_DENIED_ACCOUNTS",
    "wrong-token-in-message": "ACCESS_TOKEN_EXPIRED",
    "body-code-differs": "PRODUCT_NOT_FOUND",
    "body-code-is-rpc-number": "PERMISSION_DENIED_ACCOUNTS",
    "body-code-as-text": "REQUIRED_FIELD_MISSING",
    "status-of-another-number": "lower version",
    "status-not-canonical": "strange page",
    "status-missing": "ACCESS_TOKEN_EXPIRED",
    "details-as-object": "INVALID_FIELD_VALUE; two values that are wrong",
    "unknown-route-html": "unknown route",
    "malformed-body-html": "registered, half a body",
    "error-without-wrapper": "INVALID_NAME_FORMAT",
    "json-as-plain-text": "PERMISSION_DENIED_ACCOUNTS",
    "error-info-twice": "REQUIRED_FIELD_MISSING",
    "error-info-missing": "strange page",
    "error-info-type-without-prefix": "PRODUCT_NOT_FOUND",
    "detail-without-type": "INVALID_FIELD_VALUE; two values that are wrong",
    "help-as-text": "INVALID_NAME_PART_NOT_NUMBER",
    "reason-missing": "lower version",
    "reason-empty": "unknown source",
    "account-ids-as-list": "PERMISSION_DENIED_ACCOUNTS",
    "field-value-as-sent": (
        "offer as number; version below zero; version as flag; version beyond 64 bits; attributes as list; "
        "title as number; shipping price wrong; long custom attribute; changed, wrong price; registered, "
        "address as number"
    ),
    "domain-empty": "PRODUCT_NOT_FOUND",
    "help-link-relative": "PERMISSION_DENIED_ACCOUNTS",
    "number-at-another-location": "source no number; account no number, list; account no number, insert",
    "number-of-another-part": (
        "account no number; account and letters; account no number, list; account no number, insert; account "
        "no number, account; account of 19 digits"
    ),
    "location-of-another-member": (
        "label with small letters; label with 21 characters; label with blanks around; label with a quote; "
        "two values that are wrong"
    ),
    "value-trimmed": "label with blanks around",
    "feed-label-any-case": "label with small letters; two values that are wrong",
    "feed-label-cut": "label with 21 characters; listed",
    "three-letter-language": "language of three letters; listed; label and offer",
    "missing-language-defaulted": "language left out",
    "negative-version-accepted": "version below zero; listed",
    "nested-text-coerced": "title as number",
    "custom-attributes-unlimited": "2501 custom attributes",
    "text-flag-accepted": "local as text",
    "data-source-optional": "source left out; refused delete; read after refused delete",
    "any-page-token-accepted": "page of another list",
    "negative-page-size-accepted": "listed, -1 a page",
    "account-text-coerced": "account and letters",
    "exception-in-message": "PAYLOAD_MALFORMED",
    "debug-info-in-details": "lower version",
    "statement-in-metadata": "PRODUCT_NOT_FOUND",
    "token-in-debug-header": (
        "changed; changed, all of the body; changed, unknown mask; changed, wrong price; changed, unknown "
        "product; changed with a wrong token"
    ),
    "upsert-refused": (
        "same version; lower version; higher version; inserted without version; availability as number; "
        "custom attributes null; changed; changed, all of the body; read after changes"
    ),
    "refused-delete-deletes": "read after refused delete",
    "refused-patch-changes": "read after changes",
    "insert-answers-201": (
        "inserted; same version; higher version; inserted without version; inserted, slash; local; attributes"
        " null; availability as number; 2500 custom attributes; custom attributes null; unknown member; sixteen at once"
    ),
    "insert-names-no-product": (
        "inserted; same version; higher version; inserted, slash; local; attributes null; availability as number"
    ),
    "encoded-name-unknown": "read, encoded",
    "version-ignored": "lower version; read after lower version",
    "version-compared-as-text": "lower version; read after lower version",
    "equal-version-refused": "same version",
    "old-version-stored": "read after lower version",
    "old-version-called-exists": "lower version",
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
    assert SHOWS[name]


def test_faults_say_where_they_come_from() -> None:
    assert all(fault.origin and fault.rule and fault.hides for fault in FAULTS.values())
    assert {fault.contract for fault in FAULTS.values()} == {"merchant"}
