from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.contract import load
from errorcontract.model import Provenance, Usual
from errorcontract.rules import KEPT

LOST = "the connection was closed without an answer"
LOOK = "GET /v3/mobile/check-ref/order-1"


def test_a_client_that_leaves_it_at_that_keeps_it(judge_client, attempted):
    assert judge_client(attempted(LOST)) == [KEPT]


def test_a_lost_order_that_comes_again_without_a_reference_breaks_it(judge_client, attempted):
    [breach] = judge_client(attempted(LOST, reference=None), attempted(200, at=1, reference=None))
    assert breach.expected == "a look at getTopUpByRef first, or the same reference again"
    assert breach.observed.endswith(f"{LOST}, after 1.00 s, 200; without a reference")
    assert breach.basis.provenance is Provenance.DOCUMENTED


def test_a_fresh_reference_protects_from_nothing(judge_client, attempted):
    one = Usual(calls={"POST /v3/mobile/send": (1, 1, 1)})
    sent = attempted(LOST), attempted(200, at=1, content="order again", reference="order-2")
    [breach] = judge_client(*sent, usual=one)
    assert breach.observed.endswith("under another reference each time")


def test_the_same_reference_may_come_again(judge_client, attempted):
    assert judge_client(attempted(LOST), attempted(200, at=1)) == [KEPT]


def test_an_order_may_come_again_after_a_look_that_found_nothing(judge_client, attempted):
    first, again = attempted(LOST, reference=None), attempted(200, at=2, reference=None)
    found = attempted(200, at=1, place=LOOK, content="look", scripted=False)
    missed = attempted(404, "NOT_FOUND", at=1, place=LOOK, content="look", scripted=False, missed=True)
    assert judge_client(first, missed, again) == [KEPT]
    assert judge_client(first, found, again) != [KEPT]


def test_where_nobody_knows_a_way_to_ask_any_answer_that_was_read_may_tell(judge_client, attempted):
    guide = load("http-guide")
    first, again = (attempted(LOST, at=at, place="POST /register", reference=None) for at in (0, 2))
    read = attempted(200, at=1, place="GET /users", content="users")
    unread = attempted(LOST, at=1, place="GET /users", content="users")
    assert judge_client(first, read, again, promised=guide) == [KEPT, KEPT]
    assert judge_client(first, unread, again, promised=guide) != [KEPT]


def test_a_gateway_that_got_no_answer_leaves_it_open_too(judge_client, attempted):
    [breach] = judge_client(attempted(502, "NEW", reference=None), attempted(200, at=1, reference=None))
    assert breach.basis.provenance is Provenance.STANDARD


def test_a_refusal_leaves_nothing_open(judge_client, attempted):
    limited = attempted(429, "RATE_LIMIT_EXCEEDED", reference=None)
    assert judge_client(limited, attempted(200, at=2, reference=None)) == []


def test_reading_may_be_repeated(judge_client, attempted):
    assert judge_client(*(attempted(LOST, at=at, place="GET /v3/account/balance") for at in (0, 1))) == []
    assert judge_client(*(attempted(LOST, at=at, place="PUT /thing", reference=None) for at in (0, 1))) == []


@pytest.mark.parametrize("name", ["depth", "oneclickdz"])
def test_where_a_contract_allows_it_nothing_is_said(judge_client, attempted, contract, name):
    if name == "oneclickdz":
        policy = replace(contract.retry_policy, harmless=frozenset({"sendTopUp"}))
        promised = replace(contract, retry_policy=policy)
    else:
        promised = load(name)
    sent = attempted(LOST, reference=None), attempted(200, at=1, reference=None)
    assert judge_client(*sent, promised=promised) == []


def test_two_orders_that_are_meant_are_two_orders(judge_client, attempted):
    two = Usual(calls={"POST /v3/mobile/send": (2, 1, 2)})
    sent = attempted(LOST, content="a", reference=None), attempted(LOST, at=1, content="b", reference=None)
    assert judge_client(*sent, usual=two) == [KEPT, KEPT]


def test_servers_do_not_concern_it(judge, unanswered, accepted):
    assert judge(unanswered(LOST), accepted()) == []
