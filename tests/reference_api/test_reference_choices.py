"""Each choice changes what its probe sees, and stays legal."""

import time
from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime

import pytest

from .client import INTERNET, KEY, SEND, Client, reference
from .conftest import reference_api

Probe = Callable[[Client], object]
CHOICES = [choice.name for choice in reference_api().load("oneclickdz").choices]


def members(path: str) -> Probe:
    return lambda api: sorted(api.get(path).json)


def both_services(api: Client) -> object:
    ref = reference()
    return api.send(ref=ref).status, api.internet(ref=ref).status, api.internet(ref=ref).status


def bad_duplicate(api: Client) -> object:
    ref = reference()
    api.send(ref=ref)
    return api.send(ref=ref, amount=1).outcome


def spend(api: Client, first: str) -> None:
    for ref in [first, *(reference() for _ in range(199))]:
        api.send(amount=5000, ref=ref)


def without_money(api: Client) -> object:
    spend(api, reference())
    return api.send(amount=50).code


def duplicate_without_money(api: Client) -> object:
    ref = reference()
    spend(api, ref)
    return api.send(amount=50, ref=ref).code


def out_of_stock(api: Client) -> object:
    return api.card(typeId="50usd").outcome


EXPECTED: dict[str, tuple[Probe, object]] = {
    "err-auth": (lambda api: api.get("/v3/validate", key="x").code, "ERR_AUTH"),
    "insufficient-balance": (without_money, "INSUFFICIENT_BALANCE"),
    "err-phone": (
        lambda api: [api.send(MSSIDN="1").outcome, api.internet(number="1").details],
        [(400, "ERR_PHONE", ""), {"number": "1", "type": "ADSL", "reason": "format"}],
    ),
    "unknown-item-as-404": (lambda api: api.send(plan_code="X").outcome, (404, "NOT_FOUND", "")),
    "wrong-method-as-404": (lambda api: api.call("PUT", SEND).outcome, (404, "NOT_FOUND", "")),
    "oversized-as-400": (lambda api: api.post(SEND, b" " * 1_100_000).status, 400),
    "media-type-as-415": (lambda api: api.post(SEND, {}, Content_Type="text/plain").status, 415),
    "out-of-stock-as-400": (out_of_stock, (400, "ERR_STOCK", "")),
    "out-of-stock-as-403": (out_of_stock, (403, "ERR_STOCK", "")),
    "out-of-stock-as-404": (out_of_stock, (404, "ERR_STOCK", "")),
    "out-of-stock-as-503": (out_of_stock, (503, "ERR_STOCK", "")),
    "no-details": (lambda api: api.send(amount=1).details, None),
    "other-messages": (lambda api: "\u0631" in api.get("/none").json["error"]["message"], True),
    "no-request-id-on-success": (members("/v3/validate"), ["data", "meta", "success"]),
    "no-meta": (members("/v3/validate"), ["data", "requestId", "success"]),
    "bare-validate": (members("/v3/validate"), ["data", "success"]),
    "extra-members": (members("/v3/none"), ["error", "requestId", "success", "traceGroup"]),
    "request-id-header": (
        lambda api: (reply := api.get("/none")).headers["x-request-id"] == reply.json["requestId"],
        True,
    ),
    "short-request-id": (lambda api: len({api.get("/none").json["requestId"] for _ in range(200)}), 200),
    "created-201": (lambda api: (reply := api.send()).status == 201 and api.get(reply.headers["location"]).status, 200),
    "route-before-credentials": (lambda api: api.get("/none", key=None).status, 404),
    "limit-before-credentials": (lambda api: api.get("/v3/validate", key=None).status, 401),
    "duplicate-before-validation": (bad_duplicate, (403, "DUPLICATED_REF", "")),
    "balance-before-reference": (duplicate_without_money, "NO_BALANCE"),
    "references-per-service": (both_services, (200, 200, 403)),
    "media-type-ignored": (lambda api: api.post(INTERNET, b"{}", Content_Type="text/plain").details, {"field": "type"}),
    "whole-floats-refused": (lambda api: api.send(amount=500.0).status, 400),
    "empty-key-as-wrong": (lambda api: api.get("/v3/validate", key="").code, "INVALID_ACCESS_TOKEN"),
    "no-lock-out": (
        lambda api: {api.get("/v3/validate", key="x").outcome for _ in range(7)},
        {(401, "INVALID_ACCESS_TOKEN", "")},
    ),
    "fixed-window": (lambda api: api.get("/v3/validate").status, 200),
    "retry-after-as-date": (lambda api: api.get("/v3/validate").status, 200),
    "retry-after-of-rfc-850": (lambda api: api.get("/v3/validate").status, 200),
    "retry-after-of-asctime": (lambda api: api.get("/v3/validate").status, 200),
    "no-retry-after": (lambda api: api.get("/v3/validate").status, 200),
    "new-balance": (lambda api: api.send().data["newBalance"] == api.balance(), True),
    "key-in-clear": (lambda api: api.get("/v3/validate").data["apiKey"]["key"], KEY),
    "balance-with-decimals": (lambda api: b":1000000.0}" in api.get("/v3/account/balance").body, True),
    "account-shared": (lambda api: len({(time.sleep(0.01), api.balance())[1] for _ in range(3)}) > 1, True),
    "orders-refunded": (lambda api: api.cost(lambda: [api.send() for _ in range(3)] and time.sleep(0.4)), 200),
    "long-references-refused": (lambda api: api.send(ref=reference() + "a" * 64).outcome, (400, "ERR_VALIDATION", "")),
    "bounds-of-their-own": (
        lambda api: {plan["min_amount"] for plan in api.get("/v3/mobile/plans").data["dynamicPlans"]},
        {50, 100},
    ),
    "title-case-headers": (lambda api: api.get("/none").outcome, (404, "NOT_FOUND", "")),
    "chunked-answers": (lambda api: api.get("/v3/validate").headers.get("transfer-encoding"), "chunked"),
}


def test_every_choice_is_tested() -> None:
    assert sorted(EXPECTED) == sorted(CHOICES)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_choice_shows(name: str, client_of: Callable[[str], Client]) -> None:
    probe, expected = EXPECTED[name]
    assert probe(client_of(name)) == expected


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_keeps_top_ups_working(name: str, client_of: Callable[[str], Client]) -> None:
    api = client_of(name)
    if name not in ("insufficient-balance", "balance-before-reference", "no-meta", "account-shared"):
        assert api.cost(lambda: api.send(amount=300)) == 300


def test_choices_combine(client_of: Callable[[str], Client]) -> None:
    api = client_of("all choices")
    reply = api.send()
    assert (reply.status, sorted(reply.data)) == (201, ["newBalance", "topupId", "topupRef", "traceGroup"])


@pytest.mark.parametrize("form", ["as-date", "of-rfc-850", "of-asctime"])
def test_the_wait_may_be_a_date(form: str, client_of: Callable[[str], Client]) -> None:
    api = client_of(f"5 a second, {form}")
    reply = [api.get("/v3/validate") for _ in range(6)][-1]
    moment = parsedate_to_datetime(reply.headers["retry-after"]).replace(tzinfo=UTC).timestamp()
    assert 0 < moment - time.time() <= 3
