"""The Merchant reference API keeps what is documented."""

from collections.abc import Iterator
from typing import Any

import pytest

from .merchant_calls import (
    CONVERSATION,
    INFO,
    NO_SCOPE,
    NOBODY,
    OURS,
    SOURCE,
    THEIRS,
    TOKEN,
    Client,
    info,
    outcome,
    servers,
    talk,
)

HTTP = {"INVALID_ARGUMENT": 400, "UNAUTHENTICATED": 401, "PERMISSION_DENIED": 403, "NOT_FOUND": 404, "ABORTED": 409}
ENCODED = "ZW5-VVN-c2t1LzEyMw"


@pytest.fixture(scope="module")
def talked() -> Iterator[dict[str, Any]]:
    with servers({"plain": {}}) as clients:
        yield talk(clients["plain"], CONVERSATION)


@pytest.fixture
def api() -> Iterator[Client]:
    with servers({"plain": {}}) as clients:
        yield clients["plain"]


def test_every_refusal_is_a_status_whose_number_is_that_of_http(talked: dict[str, Any]) -> None:
    refused = [answer for answer in talked.values() if isinstance(answer, tuple) and answer[0] >= 400]
    assert len(refused) > 50
    for status, headers, body in (answer for answer in refused if len(answer) == 3):
        assert (body["error"]["code"], HTTP[body["error"]["status"]]) == (status, status)
        assert body["error"]["message"]
        assert headers["content-type"].startswith("application/json")
        assert ("www-authenticate" in headers) == (status == 401 or "insufficient_scope" in str(headers))


def test_every_refusal_has_one_error_info_with_texts_only(talked: dict[str, Any]) -> None:
    refused = [answer for answer in talked.values() if isinstance(answer, tuple) and len(answer) == 3]
    for answer in (answer for answer in refused if answer[0] >= 400):
        assert [detail["@type"] for detail in answer[2]["error"]["details"]] == [INFO]
        assert all(isinstance(value, str) for value in info(answer)["metadata"].values())
        own = info(answer)["domain"] == "merchantapi.googleapis.com"
        assert bool(info(answer)["metadata"].get("REASON")) == own


def test_what_a_message_quotes_stands_in_the_metadata(talked: dict[str, Any]) -> None:
    for step in ("account no number", "their product", "lower version", "label with small letters"):
        answer = talked[step]
        text = answer[2]["error"]["message"]
        for word in ("abcd", THEIRS, "`account`", " 9 ", " 10"):
            if word in text:
                assert word.strip(" `") in " ".join(info(answer)["metadata"].values())


def test_a_part_of_a_name_that_must_be_a_number(api: Client) -> None:
    for answer, location in (
        (api.get("x", "abcd"), "name"),
        (api.account("abcd"), "name"),
        (api.listed("abcd"), "parent"),
        (api.insert(account="abcd"), "parent"),
    ):
        assert outcome(answer) == (400, "INVALID_ARGUMENT", "INVALID_NAME_PART_NOT_NUMBER")
        told = {"VARIABLE_NAME": "account", "FIELD_LOCATION": location, "FIELD_VALUE": "abcd"}
        assert info(answer)["metadata"] == told | {"REASON": "INVALID_NAME_PART_NOT_NUMBER"}


@pytest.mark.parametrize("account", [THEIRS, NOBODY])
def test_an_account_without_permission_is_unauthenticated_whether_it_exists_or_not(api: Client, account: str) -> None:
    for answer in (
        api.get("en~US~sku-001", account),
        api.listed(account),
        api.insert(account=account, source=f"accounts/{account}/dataSources/100"),
        api.account(account),
        api.register({}, account),
    ):
        assert outcome(answer) == (401, "UNAUTHENTICATED", "PERMISSION_DENIED_ACCOUNTS")
        assert info(answer)["metadata"]["ACCOUNT_IDS"] == f"[{account}]"


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        (None, (401, "UNAUTHENTICATED", "CREDENTIALS_MISSING")),
        ("", (401, "UNAUTHENTICATED", "CREDENTIALS_MISSING")),
        ("wrong", (401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED")),
        (TOKEN.upper(), (401, "UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED")),
        (NO_SCOPE, (403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT")),
    ],
)
def test_a_token_that_does_not_do(api: Client, token: str | None, expected: tuple[object, ...]) -> None:
    for answer in (
        api.get("en~US~sku-001", token=token),
        api.listed(token=token),
        api.account(token=token),
        api.accounts(token),
        api.delete("en~US~sku-001", token),
        api.patch("en~US~sku-001", {}, token),
    ):
        status, _, body = answer
        assert (status, body["error"]["status"], info(answer)["reason"]) == expected
        assert info(answer)["domain"] == "googleapis.com"


def test_what_was_inserted_is_read_by_both_forms_of_its_name(api: Client) -> None:
    attributes = {"title": "Shoes", "availability": 1, "price": {"amountMicros": 15990000, "currencyCode": "USD"}}
    answer = api.insert("sku/123", productAttributes=attributes, versionNumber=7)
    assert answer[2]["product"] == f"accounts/{OURS}/products/{ENCODED}"
    product = api.get(ENCODED)[2]
    assert (product["dataSource"], product["versionNumber"], product["offerId"]) == (SOURCE, "7", "sku/123")
    price = {"amountMicros": "15990000", "currencyCode": "USD"}
    assert product["productAttributes"] == {"title": "Shoes", "availability": "IN_STOCK", "price": price}
    assert api.get("en~US~sku-001")[2]["offerId"] == "sku-001"
    assert api.get("ZW5-VVN-c2t1LTAwMQ")[2]["offerId"] == "sku-001"


def test_an_insert_replaces_what_has_the_same_key_unless_its_version_is_lower(api: Client) -> None:
    versions = [api.insert(versionNumber=version)[0] for version in ("10", 10, 9, "9", 11, "9223372036854775807")]
    assert versions == [200, 200, 409, 409, 200, 200]
    assert outcome(api.insert(versionNumber=5))[:2] == (409, "ABORTED")
    assert api.insert()[0] == 200
    assert api.insert(versionNumber=5)[0] == 409


@pytest.mark.parametrize("name", ["offerId", "contentLanguage", "feedLabel", "dataSource"])
def test_what_is_required_is_named_where_it_lacks(talked: dict[str, Any], name: str) -> None:
    word = {"offerId": "offer", "contentLanguage": "language", "feedLabel": "label", "dataSource": "source"}[name]
    assert info(talked[f"{word} left out"])["metadata"]["FIELD_LOCATION"] == name


@pytest.mark.parametrize(
    ("step", "location", "value"),
    [
        ("currency in small letters", "productAttributes.price.currencyCode", "usd"),
        ("amount in words", "productAttributes.price.amountMicros", "one"),
        ("shipping price wrong", "productAttributes.shipping[1].price", "5"),
        ("availability unknown", "productAttributes.availability", "SOON"),
        ("title as number", "productAttributes.title", "5"),
        ("attributes as list", "productAttributes", "[]"),
        ("version as flag", "versionNumber", "true"),
        ("local as text", "legacyLocal", "true"),
        ("label with a quote", "feedLabel", 'U"S'),
    ],
)
def test_a_wrong_value_is_named_by_its_path(talked: dict[str, Any], step: str, location: str, value: str) -> None:
    metadata = info(talked[step])["metadata"]
    assert (talked[step][0], metadata["FIELD_LOCATION"], metadata["FIELD_VALUE"]) == (400, location, value)


def test_a_change_takes_what_the_mask_names(api: Client) -> None:
    api.insert(productAttributes={"title": "One", "brand": "B", "link": "https://a.example"})
    api.patch("en~US~sku-1", {"productAttributes": {"title": "Two"}}, updateMask="productAttributes.title")
    api.patch("en~US~sku-1", {"productAttributes": {}}, updateMask="product_attributes.brand")
    api.patch("en~US~sku-1", {"productAttributes": {"gtins": ["5"]}})
    expected = {"title": "Two", "link": "https://a.example", "gtins": ["5"]}
    assert api.get("en~US~sku-1")[2]["productAttributes"] == expected


def test_what_was_deleted_is_not_found(api: Client) -> None:
    assert api.delete("en~US~sku-001")[2] == {}
    for answer in (api.delete("en~US~sku-001"), api.get("en~US~sku-001"), api.patch("en~US~sku-001", {})):
        assert outcome(answer)[:2] == (404, "NOT_FOUND")


def test_pages_follow_one_another_and_are_never_larger_than_the_largest(api: Client) -> None:
    for number in range(30):
        api.insert(f"sku-{number}")
    assert [len(api.listed(**query)[2]["products"]) for query in ({}, {"pageSize": "0"}, {"pageSize": "5000"})] == [
        25,
        25,
        31,
    ]
    seen, token = [], ""
    while True:
        body = api.listed(pageSize="7", pageToken=token)[2]
        seen += [product["offerId"] for product in body["products"]]
        token = body.get("nextPageToken")
        if not token:
            break
    assert seen == ["sku-001", *(f"sku-{number}" for number in range(30))]


def test_a_token_of_another_list_is_refused(talked: dict[str, Any]) -> None:
    assert talked["page of another list"] == (400, 200)


@pytest.mark.parametrize("size", ["-1", "ten", "1.5", "9999999999", "\u0661"])
def test_a_size_that_is_none_is_refused(api: Client, size: str) -> None:
    assert outcome(api.listed(pageSize=size))[:2] == (400, "INVALID_ARGUMENT")


def test_the_limit_is_resource_exhausted_and_gives_no_delay() -> None:
    with servers({"limited": {"rate_limit": "3/minute"}}) as clients:
        answer = [clients["limited"].account() for _ in range(4)][-1]
    assert outcome(answer) == (429, "RESOURCE_EXHAUSTED", "quota/request_rate_too_high")
    assert "retry-after" not in answer[1]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"5",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b'{"offerId":NaN}',
        b'{"a":1,"a":2}',
        b"[" * 100_000,
    ],
    ids=range(11),
)
def test_what_is_no_object_is_refused_in_the_same_form(api: Client, body: bytes) -> None:
    path = f"/products/v1/accounts/{OURS}/productInputs:insert?dataSource={SOURCE}"
    for answer in (
        api.call("POST", path, body),
        api.call("POST", f"/accounts/v1/accounts/{OURS}/developerRegistration:registerGcp", body),
    ):
        assert (answer[0], answer[2]["error"]["status"]) == (400, "INVALID_ARGUMENT")


def test_head_has_no_body(api: Client) -> None:
    for path in ("/accounts/v1/accounts", f"/products/v1/accounts/{THEIRS}/products", "/none"):
        status, headers, content = api.raw("HEAD", path)
        assert (status, content) == (api.raw("GET", path)[0], b"")
        assert int(headers["content-length"]) > 0
