"""The documented behaviour of every operation, and every answer in the house envelope."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from .client import CARDS, INTERNET, LEFT_OUT, SEND, Client, Reply, reference

GOOD = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 100}
OPERATIONS = [
    ("GET", "/v3/validate"),
    ("GET", "/v3/account/balance"),
    ("GET", "/v3/mobile/plans"),
    ("POST", SEND),
    ("GET", "/v3/mobile/check-ref/x"),
    ("GET", "/v3/mobile/check-id/x"),
    ("GET", "/v3/internet/check-number?type=ADSL&number=036362608"),
    ("POST", INTERNET),
    ("GET", "/v3/internet/check-id/x"),
    ("GET", "/v3/internet/check-ref/x"),
    ("POST", CARDS),
    ("GET", "/v3/gift-cards/checkOrder/x"),
]
REQUEST_ID = re.compile(r"req_[0-9]{10}_[a-z0-9]+")


def in_envelope(reply: Reply) -> bool:
    body = reply.json
    error = body["error"]
    texts = [error["code"], error["message"], body["requestId"]]
    return body["success"] is False and all(isinstance(text, str) and text for text in texts)


def test_validate_describes_the_key_without_showing_it(api: Client) -> None:
    reply = api.get("/v3/validate")
    assert set(reply.data) == {"username", "apiKey"}
    assert set(reply.data["apiKey"]) == {"key", "isEnabled", "type", "allowedips", "scope"}
    assert b"sandbox-key" not in reply.body


def test_a_success_carries_flag_data_time_and_request_id(api: Client) -> None:
    body = api.get("/v3/account/balance").json
    assert body["success"] is True
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", body["meta"]["timestamp"])
    assert REQUEST_ID.fullmatch(body["requestId"])


def test_plans_are_the_known_ones(api: Client) -> None:
    plans = api.get("/v3/mobile/plans").data
    assert {plan["code"] for plan in plans["dynamicPlans"]} == {
        "PREPAID_DJEZZY",
        "PREPAID_MOBILIS",
        "PREPAID_OOREDOO",
    }
    assert [(plan["code"], plan["amount"]) for plan in plans["fixedPlans"]] == [("PIXX_500", 500)]


@pytest.mark.parametrize(
    ("plan", "number"),
    [("PREPAID_DJEZZY", "0778037340"), ("PREPAID_MOBILIS", "0665983439"), ("PREPAID_OOREDOO", "0556121212")],
)
@pytest.mark.parametrize("amount", [50, 5000])
def test_a_top_up_within_the_bounds_is_charged_once(api: Client, plan: str, number: str, amount: int) -> None:
    assert api.cost(lambda: api.send(plan_code=plan, MSSIDN=number, amount=amount)) == amount


@pytest.mark.parametrize("literal", [b"500.0", b"5e2", b"500"])
def test_an_integer_may_be_written_in_other_ways(api: Client, literal: bytes) -> None:
    body = json.dumps(GOOD | {"amount": 1234}).encode().replace(b"1234", literal)
    assert api.cost(lambda: api.post(SEND, body)) == 500


def test_a_fixed_plan_ignores_the_amount(api: Client) -> None:
    assert api.cost(lambda: api.send(plan_code="PIXX_500", amount="nonsense", MSSIDN="0556121212")) == 500


def test_a_mobile_order_is_found_by_id_and_by_reference(api: Client) -> None:
    receipt = api.send(ref="with / and % and é").data
    by_id = api.get(f"/v3/mobile/check-id/{receipt['topupId']}").data
    by_ref = api.get("/v3/mobile/check-ref/with%20%2F%20and%20%25%20and%20%C3%A9").data
    assert by_id["_id"] == by_ref["_id"] == receipt["topupId"]
    assert by_ref["ref"] == "with / and % and é"
    assert (by_ref["plan_code"], by_ref["MSSIDN"], by_ref["topup_amount"]) == ("PREPAID_DJEZZY", "0778037340", 100)


def test_an_internet_order_is_found_by_id_and_by_reference(api: Client) -> None:
    ref = reference()
    receipt = api.internet(ref=ref, type="4G", number="213472731602", value=1000).data
    found = [api.get(f"/v3/internet/{way}").data for way in (f"check-id/{receipt['topupId']}", f"check-ref/{ref}")]
    assert [order["topup_amount"] for order in found] == [1000, 1000]
    assert api.get(f"/v3/mobile/check-id/{receipt['topupId']}").status == 404


def test_a_reference_is_made_up_where_none_is_sent(api: Client) -> None:
    first, second = (api.send(ref=LEFT_OUT).data["topupRef"] for _ in range(2))
    assert first.startswith("API-+213")
    assert first != second


def test_an_order_becomes_fulfilled(api: Client) -> None:
    path = f"/v3/mobile/check-id/{api.send().data['topupId']}"
    time.sleep(0.25)
    assert api.get(path).data["status"] == "FULFILLED"


@pytest.mark.parametrize(
    ("query", "shown"), [("type=ADSL&number=036362608", "ADSL"), ("type=4G&number=213472731602", "4GLTE")]
)
def test_a_line_is_checked(api: Client, query: str, shown: str) -> None:
    assert api.line(query).data["type"] == shown


@pytest.mark.parametrize("query", ["", "type=ADSL", "number=036362608", "type=ADSL&number=123456", "type=5G&number=1"])
def test_a_bad_line_is_refused(api: Client, query: str) -> None:
    assert api.line(query).outcome == (400, "ERR_VALIDATION", "")


def test_gift_cards_are_ordered_until_the_stock_is_empty(client_of: Callable[[str], Client]) -> None:
    api = client_of("fixed-window")
    order = api.card(quantity=2).data["orderId"]
    shown = api.get(f"/v3/gift-cards/checkOrder/{order}").data
    assert (shown["status"], shown["quantity"], len(shown["cards"])) == ("FULFILLED", 2, 2)
    assert api.cost(lambda: api.card(quantity=2)) == 0
    assert api.card(quantity=2).code == "ERR_STOCK"
    assert api.cost(api.card) == 3500


@pytest.mark.parametrize("quantity", [0, -1, "1", None, True, 1.5, LEFT_OUT])
def test_a_bad_quantity_is_refused(api: Client, quantity: object) -> None:
    assert api.card(quantity=quantity).outcome == (400, "ERR_VALIDATION", "")


PHONES = [
    "778037340",
    "+213778037340",
    "0778 03 73 40",
    "07780373401",
    "0878037340",
    "0778037340\n",
    " 0778037340",
    "\u0660\u0667\u0667\u0668\u0660\u0663\u0667\u0663\u0664\u0660",
    "\uff10\uff17\uff17\uff18\uff10\uff13\uff17\uff13\uff14\uff10",
    "\u200e0778037340",
    "0778037340\0",
    "",
    778037340,
    None,
    True,
    ["0778037340"],
    {"a": 1},
    LEFT_OUT,
    "\ud800",
    "0665983439",
]
AMOUNTS = [-100, 0, 49, 5001, 1.5, 100.5, "500", True, None, [], {}, 2**53 + 1, 2**64, -(2**63), LEFT_OUT]
OTHERS: list[tuple[str, object]] = [
    ("plan_code", "INVALID_PLAN"),
    ("plan_code", None),
    ("plan_code", LEFT_OUT),
    ("plan_code", "PREPAID_DJEZZY\n"),
    ("ref", ""),
    ("ref", 7),
    ("ref", None),
    ("ref", "\udfff"),
]


@pytest.mark.parametrize(
    ("field", "value"), [("MSSIDN", v) for v in PHONES] + [("amount", v) for v in AMOUNTS] + OTHERS
)
def test_a_bad_field_is_named_and_repeated(api: Client, field: str, value: object) -> None:
    balance = api.balance()
    reply = api.send(**{field: value})
    assert reply.outcome == (400, "ERR_VALIDATION", "")
    assert reply.details == ({"field": field} if value is LEFT_OUT else {"field": field, "value": value})
    assert api.balance() == balance


@pytest.mark.parametrize("value", [b"1e400", b"[1e400]", b"-1e400"])
def test_a_number_beyond_json_is_refused_without_repeating_it(api: Client, value: bytes) -> None:
    reply = api.post(SEND, json.dumps(GOOD).encode().replace(b"100", value))
    assert (reply.outcome, reply.details) == ((400, "ERR_VALIDATION", ""), {"field": "amount"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"text"',
        b"true",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf" + json.dumps(GOOD).encode(),
        b'{"amount": NaN}',
        b'{"amount": -Infinity}',
        b'{"amount": 1, "amount": 2}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"plan_code": ' + b"[" * 500 + b"]" * 500 + b"}",
        b'{"amount": ' + b"9" * 5000 + b"}",
        json.dumps(GOOD).encode() + b"}",
        json.dumps(GOOD).encode("utf-16"),
    ],
    ids=range(18),
)
@pytest.mark.parametrize("path", [SEND, INTERNET, CARDS])
def test_a_malformed_body_is_refused(api: Client, path: str, body: bytes) -> None:
    reply = api.post(path, body)
    assert reply.outcome == (400, "ERR_VALIDATION", "")
    assert in_envelope(reply)


def test_other_refusals_come_in_the_envelope(api: Client) -> None:
    replies: list[tuple[Reply, tuple[int, str]]] = [
        (api.get("/v3/nothing"), (404, "NOT_FOUND")),
        (api.get("/"), (404, "NOT_FOUND")),
        (api.get("/v3/mobile/check-ref/"), (404, "NOT_FOUND")),
        (api.get("/v3/mobile/check-ref/%00%ff%2F"), (404, "NOT_FOUND")),
        (api.get("/v3/mobile/check-id/" + "x" * 5000), (404, "NOT_FOUND")),
        (api.post(SEND, b" " * (1024 * 1024 + 1)), (413, "ERR_VALIDATION")),
        (api.post(SEND, b"a=b", Content_Type="application/x-www-form-urlencoded"), (400, "ERR_VALIDATION")),
        (api.card(productId="none"), (400, "ERR_VALIDATION")),
        (api.card(typeId="50usd"), (409, "ERR_STOCK")),
        (api.internet(value=1500), (400, "ERR_VALIDATION")),
        (api.internet(type="4G"), (400, "ERR_VALIDATION")),
    ]
    assert [(reply.status, reply.code) for reply, _ in replies] == [expected for _, expected in replies]
    assert all(in_envelope(reply) for reply, _ in replies)


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "OPTIONS", "GET"])
def test_a_wrong_method_lists_the_right_ones(api: Client, method: str) -> None:
    reply = api.call(method, SEND)
    assert (reply.status, reply.headers["allow"]) == (405, "POST")
    assert in_envelope(reply)


@pytest.mark.parametrize("path", ["/v3/validate", "/v3/nothing", "/v3/mobile/check-id/x"])
def test_head_is_get_without_a_body(api: Client, path: str) -> None:
    head, get = api.call("HEAD", path), api.get(path)
    assert (head.status, head.body, head.headers["content-length"]) == (get.status, b"", str(len(get.body)))


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_every_operation_needs_a_right_key(client_of: Callable[[str], Client], method: str, path: str) -> None:
    api = client_of("no-lock-out")
    assert api.call(method, path, key=None).outcome == (401, "MISSING_ACCESS_TOKEN", "")
    assert api.call(method, path, key="").outcome == (401, "MISSING_ACCESS_TOKEN", "")
    assert api.call(method, path, key="wrong").outcome == (401, "INVALID_ACCESS_TOKEN", "")


def test_five_wrong_keys_in_a_row_block_the_caller(client_of: Callable[[str], Client]) -> None:
    api = client_of("long block")
    api.get("/v3/validate", key="wrong")
    api.get("/v3/validate")
    left = [api.get("/v3/validate", key="wrong").details["attemptsLeft"] for _ in range(5)]
    assert left == [4, 3, 2, 1, 0]
    assert api.get("/v3/validate").outcome == (403, "IP_BLOCKED", "")


def test_a_block_lifts_by_itself_and_a_missing_key_does_not_count(client_of: Callable[[str], Client]) -> None:
    api = client_of("short block")
    for key in ["wrong", None, "wrong", None, "wrong", "wrong", "wrong"]:
        api.get("/v3/validate", key=key)
    assert api.get("/v3/validate").code == "IP_BLOCKED"
    time.sleep(0.45)
    assert api.get("/v3/validate").status == 200


@pytest.mark.parametrize("second", [{}, {"amount": 200}, {"MSSIDN": "0778037341"}])
def test_a_reference_is_taken_once(api: Client, second: dict[str, Any]) -> None:
    ref = reference()
    first = api.send(ref=ref)
    assert api.cost(lambda: api.send(ref=ref, **second)) == 0
    assert api.send(ref=ref, **second).outcome == (403, "DUPLICATED_REF", "")
    assert api.internet(ref=ref).code == "DUPLICATED_REF"
    assert api.get(f"/v3/mobile/check-ref/{ref}").data["_id"] == first.data["topupId"]


def test_a_refused_order_leaves_its_reference_free(api: Client) -> None:
    ref = reference()
    assert [api.send(ref=ref, amount=1).status, api.send(ref=ref).status] == [400, 200]


def test_references_are_compared_exactly(api: Client) -> None:
    ref = reference()
    assert {api.send(ref=other).status for other in (ref, ref.upper(), ref + " ", "\t" + ref, ref + "\0")} == {200}


def test_of_eight_at_once_one_is_placed(api: Client) -> None:
    ref = reference()
    assert api.cost(lambda: api.at_once(8, ref=ref)) == 100


def test_what_costs_more_than_is_left_is_refused(client_of: Callable[[str], Client]) -> None:
    api = client_of("no-meta")
    for _ in range(200):
        api.send(amount=5000)
    reply = api.send(amount=50)
    assert (reply.status, reply.code, reply.details) == (403, "NO_BALANCE", {"required": 50, "available": 0})
    assert api.balance() == 0


@pytest.mark.parametrize("server", ["5 a second", "5 a second, fixed"])
def test_the_limit_recovers_after_the_told_wait(client_of: Callable[[str], Client], server: str) -> None:
    api = client_of(server)
    replies = [api.get("/v3/validate") for _ in range(6)]
    assert [reply.status for reply in replies] == [200] * 5 + [429]
    assert replies[-1].code == "RATE_LIMIT_EXCEEDED"
    time.sleep(int(replies[-1].headers["retry-after"]))
    assert api.get("/v3/validate").status == 200


def test_request_ids_are_unique(api: Client) -> None:
    found = [api.get(path).json["requestId"] for path in ["/v3/validate", "/v3/nothing"] * 200]
    assert len(set(found)) == len(found)
    assert all(REQUEST_ID.fullmatch(request_id) for request_id in found)
