"""Each fault changes what its probe sees, and leaves other calls right."""

import json
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from .client import CARDS, INTERNET, KEY, LEFT_OUT, SEND, Client, Reply, reference
from .conftest import TWIN, reference_api

Probe = Callable[[Client], object]
Ask = Callable[[Client], Reply]
FAULTS = {fault.name: fault for fault in reference_api().load("oneclickdz").faults}
UNKNOWN = "/v3/no-such-thing"
NOWHERE = "/v3/mobile/check-ref/never-sent"
GOOD = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 100}


def sent(**changes: object) -> Probe:
    return lambda api: api.send(**changes).outcome


def raw(body: bytes, path: str = SEND, **more: Any) -> Probe:
    return lambda api: api.post(path, body, **more).outcome


def got(path: str, **more: Any) -> Probe:
    return lambda api: api.get(path, **more).outcome


def top(reply: Reply) -> list[str]:
    return sorted(reply.json) if isinstance(reply.json, dict) else []


def twice(api: Client, first: dict[str, object], second: dict[str, object]) -> Reply:
    ref = reference()
    api.send(**{"ref": ref, **first})
    return api.send(**{"ref": ref, **second})


def look_up(api: Client, ref: str) -> object:
    reply = api.get(f"/v3/mobile/check-ref/{ref}")
    return reply.status, reply.data["topup_amount"] if reply.status == 200 else None


def after_duplicate(api: Client, **second: object) -> object:
    ref = reference()
    api.send(ref=ref, amount=100)
    api.send(amount=700)
    api.send(ref=ref, **second)
    return look_up(api, ref)


def refused_and_found(api: Client) -> object:
    ref = reference()
    api.send(ref=ref, amount=1)
    return api.get(f"/v3/mobile/check-ref/{ref}").status, api.send(ref=ref).status


def freed(api: Client, **bad: object) -> object:
    ref = reference()
    return [reply.code for reply in (api.send(ref=ref, **bad), api.send(ref=ref))]


def wrong_keys(api: Client, count: int = 5) -> list[Reply]:
    return [api.get("/v3/validate", key=f"wrong-{number}") for number in range(count)]


def blocked(api: Client, key: str) -> object:
    wrong_keys(api)
    return api.get("/v3/validate", key=key).outcome


def exhausted(api: Client) -> object:
    for _ in range(200):
        api.send(amount=5000)
    return api.send(amount=50).outcome


def limited(api: Client) -> Reply:
    return [api.get("/v3/validate") for _ in range(6)][-1]


def ids(api: Client) -> object:
    found = [api.get("/v3/validate").json["requestId"] for _ in range(20)]
    return len(set(found)) == len(found)


def race(api: Client) -> object:
    return sorted(reply.status for reply in api.at_once(8, ref=reference()))


def crowd(api: Client, *asks: Ask) -> list[Reply]:
    """What so many at once are answered, each on a connection of its own."""
    clients = [Client(api.port) for _ in asks]
    with ThreadPoolExecutor(len(asks)) as pool:
        return list(pool.map(lambda ask, client: ask(client), asks, clients))


def tried(times: int, attempt: Callable[[], Hashable]) -> object:
    """All that some tries lead to: a race need not show each time."""
    return sorted({attempt() for _ in range(times)}, key=str)


def won(api: Client, count: int, *amounts: int) -> int:
    """How many of those that come at once with one reference are accepted."""
    ref = reference()
    asks = [lambda one, amount=amount: one.send(ref=ref, amount=amount) for amount in (amounts or (100,)) * count]
    return sum(reply.status == 200 for reply in crowd(api, *asks))


def told_in_a_race(api: Client) -> object:
    """Each outcome of uses at once."""
    ref = reference()
    return tuple(sorted({str(reply.outcome) for reply in api.at_once(8, ref=ref)}))


def found_after_a_race(api: Client) -> int:
    ref = reference()
    api.at_once(8, ref=ref)
    return api.get(f"/v3/mobile/check-ref/{ref}").status


def beside_refused(api: Client) -> bool:
    """Whether a reference is good for one order, though refused ones come with it."""
    ref = reference()
    bad = [lambda one: one.send(ref=ref, amount=1)] * 3
    *_, good = crowd(api, *bad, lambda one: one.send(ref=ref))
    return 200 in (good.status, api.send(ref=ref).status)


def together(api: Client) -> float:
    """What a mobile and an internet order cost that come at once."""
    return api.cost(lambda: crowd(api, *[lambda one: one.send(), lambda one: one.internet()] * 3))


def rushed(api: Client) -> object:
    """How many orders are taken in three rushes; there is money for one in each."""
    for _ in range(199):
        api.send(amount=5000)
    rushes = [api.at_once(16, amount=amount) for amount in (3000, 1500, 300)]
    return sum(reply.status == 200 for rush in rushes for reply in rush)


def internet_pair(api: Client) -> object:
    ref = reference()
    return api.internet(ref=ref).outcome, api.internet(ref=ref).outcome


def fulfilled_view(api: Client) -> object:
    order = api.send().data["topupId"]
    while (status := api.get(f"/v3/mobile/check-id/{order}").data["status"]) == "HANDLING":
        pass
    return status


def wide(text: str, zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in text)


def unpaid(api: Client) -> object:
    exhausted(api)
    return [api.send(ref="unpaid", amount=5000).code for _ in range(2)]


def forgotten(api: Client) -> object:
    ref = reference()
    return [api.send(ref=one).outcome for one in (ref, reference(), reference(), ref)]


def lost_by_another(api: Client) -> object:
    first, second = reference(), reference()
    for ref in (first, second, first):
        api.send(ref=ref)
    return look_up(api, second)


def newest_amount(api: Client) -> object:
    ref = reference()
    api.send(ref=ref, amount=100)
    api.send(amount=700)
    return look_up(api, ref)


def repeated_over_another(api: Client) -> float:
    ref = reference()
    api.send(ref=ref)
    api.internet()
    return api.cost(lambda: api.send(ref=ref))


def repeated_unpaid(api: Client) -> float:
    """What an order takes that is refused twice because it costs more than is left."""
    ref = reference()
    for amount in [5000] * 199 + [100]:
        api.send(amount=amount)
    return api.cost(lambda: [api.send(ref=ref, amount=5000) for _ in range(2)])


PROBES: dict[str, Probe] = {
    "negative-amount-accepted": sent(amount=-100),
    "zero-amount-accepted": sent(amount=0),
    "amount-below-minimum-accepted": sent(amount=49),
    "amount-above-maximum-accepted": sent(amount=5001),
    "huge-amount-capped": sent(amount=2**63),
    "amount-text-coerced": sent(amount="500"),
    "true-amount-accepted": sent(amount=True),
    "fraction-truncated": sent(amount=100.5),
    "missing-amount-defaulted": sent(amount=LEFT_OUT),
    "maximum-refused": sent(amount=5000),
    "minimum-refused": sent(amount=50, plan_code="PREPAID_OOREDOO", MSSIDN="0556121212"),
    "fixed-plan-refuses-amount": sent(plan_code="PIXX_500", amount=1),
    "fixed-plan-checks-amount": sent(plan_code="PIXX_500", amount=5001),
    "bounds-of-one-plan-unchecked": sent(plan_code="PREPAID_MOBILIS", MSSIDN="0665983439", amount=9000),
    "plan-code-any-case": sent(plan_code="prepaid_djezzy"),
    "value-off-list-accepted": lambda api: api.internet(value=1500).outcome,
    "quantity-zero-accepted": lambda api: api.card(quantity=0).outcome,
    "numeric-reference-accepted": sent(ref=12345),
    "line-type-defaulted": lambda api: api.line("number=036362608").outcome,
    "array-body-unwrapped": raw(json.dumps([GOOD]).encode()),
    "large-body-unchecked": sent(amount=1, note="x" * 20_000),
    "trailing-text-ignored": raw(json.dumps(GOOD).encode() + b" x"),
    "text-body-parsed-twice": raw(json.dumps(json.dumps(GOOD)).encode()),
    "lone-surrogate-crashes": sent(MSSIDN="\ud800"),
    "null-number-crashes": sent(MSSIDN=None),
    "deep-nesting-crashes": raw(b"[" * 100_000 + b"]" * 100_000),
    "array-body-crashes": raw(b"[]"),
    "scalar-body-crashes": raw(b"7"),
    "empty-body-crashes": raw(b"", CARDS),
    "nul-in-path-crashes": got("/v3/mobile/check-ref/a%00b"),
    "huge-integer-crashes": sent(amount=2**64),
    "infinite-amount-crashes": raw(json.dumps(GOOD).encode().replace(b"100", b"1e400")),
    "details-name-another-field": lambda api: api.send(amount=1).details,
    "details-value-as-text": lambda api: api.send(amount=1).details,
    "details-value-trimmed": lambda api: api.send(MSSIDN="0778037340 ").details,
    "any-script-digits-accepted": sent(MSSIDN="07" + wide("78037340", 0x0660)),
    "full-width-digits-folded": sent(MSSIDN=wide("0778037340", 0xFF10)),
    "trailing-newline-accepted": sent(MSSIDN="0778037340\n"),
    "longer-number-accepted": sent(MSSIDN="07780373401"),
    "country-form-accepted": sent(MSSIDN="+213778037340"),
    "inner-spaces-removed": sent(MSSIDN="0778 03 73 40"),
    "direction-marks-removed": sent(MSSIDN="\u200e0778037340"),
    "numeric-number-accepted": sent(MSSIDN=778037340),
    "unknown-prefix-accepted": sent(plan_code="PIXX_500", MSSIDN="0878037340"),
    "other-operator-accepted": sent(MSSIDN="0665983439"),
    "line-type-not-compared": lambda api: api.internet(type="4G").outcome,
    "ooredoo-refused": sent(plan_code="PREPAID_OOREDOO", MSSIDN="0556121212"),
    "internet-duplicate-accepted": internet_pair,
    "duplicate-with-other-body-accepted": lambda api: twice(api, {"amount": 100}, {"amount": 200}).outcome,
    "third-use-accepted": lambda api: [api.send(ref="third").outcome for _ in range(3)],
    "duplicate-race": race,
    "race-beyond-seven": lambda api: tried(10, lambda: won(api, 24)),
    "race-with-other-amount": lambda api: tried(5, lambda: won(api, 4, 100, 200)),
    "late-duplicate-accepted": lambda api: [api.send(ref="late").outcome for _ in range(2)],
    "race-loser-crashes": lambda api: tried(5, lambda: told_in_a_race(api)),
    "race-loser-charged": lambda api: tried(5, lambda: api.cost(lambda: won(api, 8))),
    "race-without-winner": lambda api: tried(5, lambda: won(api, 8)),
    "race-loser-called-invalid": lambda api: tried(5, lambda: told_in_a_race(api)),
    "race-loser-hides-the-order": lambda api: tried(5, lambda: found_after_a_race(api)),
    "debit-lost-across-operations": lambda api: tried(5, lambda: together(api)),
    "refused-rival-takes-reference": lambda api: tried(5, lambda: beside_refused(api)),
    "overdraft-race": rushed,
    "duplicate-charged-after-another-service": repeated_over_another,
    "charge-lost-after-a-refused-amount": lambda api: (api.send(amount=1), api.cost(api.send))[1],
    "refused-amount-taken-with-the-next": lambda api: (api.send(MSSIDN="0665983439"), api.cost(api.send))[1],
    "third-small-order-charged-twice": lambda api: api.cost(lambda: [api.send() for _ in range(3)]),
    "reference-forgotten-after-others": forgotten,
    "newest-order-lost-by-a-duplicate": lost_by_another,
    "first-order-shows-the-last-amount": newest_amount,
    "unpaid-order-charged-when-repeated": repeated_unpaid,
    "reference-normalised": lambda api: [api.send(ref=ref).outcome for ref in ("caf\u00e9", "cafe\u0301")],
    "reference-without-accents": lambda api: [api.send(ref=ref).outcome for ref in ("caf\u00e9", "cafe")],
    "refused-amount-takes-reference": lambda api: freed(api, amount=1),
    "refused-operator-takes-reference": lambda api: freed(api, MSSIDN="0665983439"),
    "unpaid-order-takes-reference": unpaid,
    "reference-any-case": lambda api: [api.send(ref=ref).outcome for ref in ("aa", "AA")],
    "reference-trimmed": lambda api: [api.send(ref=ref).outcome for ref in ("aa", "aa ")],
    "long-reference-truncated": lambda api: [api.send(ref="a" * 64 + end).outcome for end in "xy"],
    "original-lost-after-duplicate": after_duplicate,
    "original-replaced-by-duplicate": lambda api: after_duplicate(api, amount=900),
    "newest-order-shown": after_duplicate,
    "refused-operator-charged": lambda api: api.cost(lambda: api.send(MSSIDN="0665983439")),
    "refused-duplicate-charged": lambda api: api.cost(lambda: twice(api, {}, {})),
    "out-of-stock-charged": lambda api: api.cost(lambda: api.card(typeId="50usd")),
    "charged-twice": lambda api: api.cost(lambda: api.send(ref=LEFT_OUT)),
    "fixed-plan-charges-sent-amount": lambda api: api.cost(lambda: api.send(plan_code="PIXX_500", amount=60)),
    "large-top-up-pays-a-fee": lambda api: api.cost(lambda: api.send(amount=1000)),
    "internet-top-up-free": lambda api: api.cost(api.internet),
    "overdraft-allowed": exhausted,
    "concurrent-debit-lost": lambda api: api.cost(lambda: api.at_once(8)),
    "operation-open": got("/v3/mobile/plans", key=None),
    "empty-key-accepted": got("/v3/validate", key=""),
    "authorization-header-opens": got("/v3/validate", key=None, Authorization="Bearer x"),
    "key-checked-after-stock": lambda api: api.post(CARDS, {}, key="wrong").outcome,
    "head-needs-no-key": lambda api: api.call("HEAD", "/v3/validate", key=None).status,
    "any-key-on-one-operation": got("/v3/gift-cards/checkOrder/x", key="wrong"),
    "longer-key-accepted": got("/v3/validate", key=KEY + "-2"),
    "key-any-case": got("/v3/validate", key=KEY.upper()),
    "attempts-never-fall": lambda api: [reply.details for reply in wrong_keys(api, 3)],
    "never-locked-out": lambda api: blocked(api, "wrong"),
    "good-key-lifts-block": lambda api: blocked(api, KEY),
    "locked-out-answers-401": lambda api: blocked(api, KEY),
    "retry-hint-on-refusal": lambda api: twice(api, {}, {}).headers.get("retry-after"),
    "retry-hint-in-words": lambda api: limited(api).headers["retry-after"].isdigit(),
    "retry-hint-negative": lambda api: limited(api).headers["retry-after"].isdigit(),
    "retry-hint-in-milliseconds": lambda api: limited(api).headers["retry-after"].isdigit(),
    "retry-hint-in-local-time": lambda api: limited(api).headers["retry-after"].endswith("GMT"),
    "retry-hint-with-an-offset": lambda api: limited(api).headers["retry-after"].endswith("+0100"),
    "retry-hint-of-iso-8601": lambda api: limited(api).headers["retry-after"].isdigit(),
    "limit-never-enforced": lambda api: limited(api).outcome,
    "limit-skips-orders": lambda api: [api.send().outcome for _ in range(6)],
    "retry-hint-too-short": lambda api: int(limited(api).headers["retry-after"]) > 50,
    "malformed-body-as-bad-request": raw(b"{"),
    "lower-case-code": got(NOWHERE),
    "out-of-stock-renamed": lambda api: api.card(typeId="50usd").outcome,
    "duplicate-as-409": lambda api: twice(api, {}, {}).outcome,
    "no-balance-as-402": exhausted,
    "not-found-as-200": got("/v3/internet/check-ref/x"),
    "missing-key-as-403": lambda api: api.post(SEND, GOOD, key=None).outcome,
    "missing-key-called-wrong": lambda api: api.post(CARDS, {}, key=None).outcome,
    "large-amount-called-no-balance": sent(amount=9000),
    "duplicate-called-validation": internet_pair,
    "rejection-alternates": lambda api: [api.send(plan_code="NONE").outcome for _ in range(2)],
    "details-lost-the-third-time": lambda api: [api.send(amount=1).details for _ in range(3)],
    "refused-top-up-found": refused_and_found,
    "unknown-route-framework-answer": lambda api: top(api.get(UNKNOWN)),
    "wrong-method-framework-answer": lambda api: top(api.call("DELETE", SEND)),
    "malformed-body-framework-answer": lambda api: top(api.post(SEND, b"{")),
    "error-as-text": lambda api: type(api.get(NOWHERE).json["error"]),
    "empty-message": lambda api: twice(api, {}, {}).json["error"]["message"],
    "data-missing-on-success": lambda api: top(api.get("/v3/mobile/plans")),
    "success-true-on-refusal": lambda api: twice(api, {}, {}).json["success"],
    "success-flag-as-text": lambda api: api.get("/v3/validate", key=None).json["success"],
    "success-false-on-success": lambda api: api.card().json["success"],
    "unknown-route-plain-text": lambda api: api.get(UNKNOWN).json is None,
    "oversized-body-empty-answer": lambda api: api.post(SEND, b" " * (1024 * 1024 + 1)).body == b"",
    "json-as-html": lambda api: api.get(UNKNOWN).headers["content-type"],
    "json-as-plain-text": lambda api: api.get("/v3/validate", key=None).headers["content-type"],
    "request-id-missing": lambda api: top(api.get(UNKNOWN)),
    "request-id-inside-error": lambda api: top(twice(api, {}, {})),
    "request-id-null": lambda api: api.post(SEND, b"{").json["requestId"] is None,
    "request-id-as-number": lambda api: type(api.get(NOWHERE).json["requestId"]),
    "request-id-as-uuid": lambda api: api.get(NOWHERE).json["requestId"].startswith("req_"),
    "request-id-by-the-second": ids,
    "request-id-repeats": ids,
    "request-id-header-differs": lambda api: "x-request-id" in api.get(UNKNOWN).headers,
    "stack-trace-in-message": lambda api: "Traceback" in api.post(SEND, b"{").json["error"]["message"],
    "statement-in-message": lambda api: twice(api, {}, {}).json["error"]["message"],
    "exception-in-header": lambda api: "x-debug-exception" in api.post(SEND, b"{").headers,
    "path-in-details": lambda api: api.get(NOWHERE).details,
    "exception-name-in-message": lambda api: api.card(typeId="50usd").json["error"]["message"],
    "wrong-key-in-message": lambda api: b"guessed" in api.get("/v3/validate", key="guessed").body,
    "key-in-debug-header": lambda api: KEY in str(api.send().headers),
    "four-g-type-echoed": lambda api: api.line("type=4G&number=213472731602").data["type"],
    "balance-as-text": lambda api: type(api.get("/v3/account/balance").data["balance"]),
    "receipt-without-reference": lambda api: sorted(api.internet(ref=LEFT_OUT).data),
    "receipt-id-as-number": lambda api: type(api.send().data["topupId"]),
    "bounds-missing-from-plans": lambda api: sorted(api.get("/v3/mobile/plans").data["dynamicPlans"][-1]),
    "status-undocumented": fulfilled_view,
    "answer-cut-short": got(UNKNOWN),
    "connection-dropped-on-malformed-body": raw(b"{"),
    "byte-order-mark": lambda api: api.send(amount=1).body[:3],
    "length-counted-in-characters": lambda api: api.send(MSSIDN=wide("0778037340", 0x0660)).json is None,
}


def test_every_fault_has_a_probe() -> None:
    assert PROBES.keys() == FAULTS.keys()


@pytest.mark.parametrize("name", PROBES)
def test_a_fault_shows(name: str, client_of: Callable[[str], Client]) -> None:
    probe = PROBES[name]
    assert probe(client_of(name)) != probe(client_of(TWIN + name))


LOCKING = {name for name in FAULTS if FAULTS[name].rule in ("lock-out", "limit-enforced")} | {"locked-out-answers-401"}
"""Their probe leaves the caller shut out."""


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - LOCKING))
def test_a_fault_leaves_another_call_right(name: str, client_of: Callable[[str], Client]) -> None:
    reply = client_of(name).get("/v3/validate")
    assert reply.status in (200, 429)
    assert reply.json["success"] is (reply.status == 200)
    assert reply.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("name", ["duplicate-race", "concurrent-debit-lost"])
def test_a_race_does_not_show_one_after_the_other(name: str, client_of: Callable[[str], Client]) -> None:
    api = client_of(name)
    assert api.cost(lambda: [api.send(ref="alone") for _ in range(3)]) == 100


def test_a_race_shows_every_time(client_of: Callable[[str], Client]) -> None:
    api = client_of("duplicate-race")
    assert all(race(api) != [200] + [403] * 7 for _ in range(5))


def test_faults_say_where_they_come_from() -> None:
    assert all(fault.origin and fault.rule and fault.contract == "oneclickdz" for fault in FAULTS.values())


def test_a_fault_on_internet_top_ups_leaves_mobile_ones_right(client_of: Callable[[str], Client]) -> None:
    assert twice(client_of("internet-duplicate-accepted"), {}, {}).outcome == (403, "DUPLICATED_REF", "")
    assert client_of("duplicate-as-409").post(INTERNET, b"{").status == 400
