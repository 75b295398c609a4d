from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT

SENT = {"plan_code": "PREPAID_DJEZZY", "MSSIDN": "0778037340", "amount": 200, "ref": "order-1a"}
SHOWN = {
    "ref": "order-1a",
    "status": "HANDLING",
    "plan_code": "PREPAID_DJEZZY",
    "MSSIDN": "0778037340",
    "topup_amount": 200,
}
LOOK = {"name": "look-up", "operation": "getTopUpByRef", "sent": None, "method": "GET"}


@pytest.fixture
def duplicate(accepted, refused):
    """An order, and the refusal of a second one with its reference."""
    first = accepted(name="first", works="dynamic plan", sent=SENT)
    return [
        first,
        refused(403, "DUPLICATED_REF", name="second", fails="duplicate-reference", sent=SENT | {"amount": 50}),
    ]


@pytest.mark.parametrize(
    "shown",
    [
        SHOWN,
        SHOWN | {"topup_amount": 200.0},
        SHOWN | {"status": "REFUNDED", "refund_message": "…"},
        SHOWN | {"balance_amount": 196},
        {"status": "PENDING"},
    ],
)
def test_the_first_order_keeps_it_however_much_is_shown(judge, duplicate, accepted, shown):
    assert judge(*duplicate, accepted(shown, **LOOK), about="duplicate") == [KEPT]


@pytest.mark.parametrize(
    ("change", "observed"),
    [
        ({"topup_amount": 50}, "/data/topup_amount is 50, sent was 200"),
        ({"ref": "order-2a"}, "/data/ref is 'order-2a', sent was 'order-1a'"),
        ({"topup_amount": None}, "/data/topup_amount is None, sent was 200"),
    ],
)
def test_another_order_breaks_it(judge, duplicate, accepted, change, observed):
    [breach] = judge(*duplicate, accepted(SHOWN | change, **LOOK), about="duplicate")
    assert (breach.expected, breach.observed) == ("the first order", observed)
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (
        "getTopUpByRef",
        "duplicate-reference",
        None,
        None,
    )


def test_an_order_that_is_gone_breaks_it(judge, duplicate, refused):
    [breach] = judge(*duplicate, refused(404, "NOT_FOUND", **LOOK), about="duplicate")
    assert breach.observed == "404 NOT_FOUND"


def test_the_winner_of_a_race_must_be_found_too(judge, accepted, refused):
    racing = {"name": "racing", "sent": SENT}
    race = refused(403, "DUPLICATED_REF", copy=0, **racing), accepted(copy=1, **racing)
    assert judge(*race, accepted(SHOWN, **LOOK), about="race") == [KEPT]
    [breach] = judge(*race, refused(404, "NOT_FOUND", **LOOK), about="race")
    assert breach.observed == "404 NOT_FOUND"


def test_values_that_were_not_sent_are_not_compared(judge, accepted, refused):
    sent = {"plan_code": "PIXX_500", "MSSIDN": "0778037340", "ref": "order-1a"}
    first = accepted(name="first", works="fixed plan", sent=sent)
    second = refused(403, "DUPLICATED_REF", name="second", fails="duplicate-reference", sent=sent)
    shown = SHOWN | {"plan_code": "PIXX_500", "topup_amount": 500}
    assert judge(first, second, accepted(shown, **LOOK), about="duplicate") == [KEPT]


@pytest.mark.parametrize(("status", "code"), [(429, "RATE_LIMIT_EXCEEDED"), (503, "ERR_SERVICE"), (403, "IP_BLOCKED")])
def test_a_state_that_passes_excuses_the_look_up(judge, duplicate, refused, status, code):
    assert judge(*duplicate, refused(status, code, **LOOK), about="duplicate") == []


def test_two_accepted_orders_have_no_first_one_to_find(judge, duplicate, accepted):
    second = accepted(name="second", fails="duplicate-reference")
    assert judge(duplicate[0], second, accepted(SHOWN | {"topup_amount": 50}, **LOOK), about="duplicate") == []


def test_a_story_that_broke_off_is_not_judged(judge, duplicate, refused, unanswered):
    gone = refused(404, "NOT_FOUND", **LOOK)
    assert judge(duplicate[0], gone, about="duplicate") == []
    assert judge(refused(403, "NO_BALANCE", name="first"), duplicate[1], gone, about="duplicate") == []
    assert judge(*duplicate, unanswered("the connection broke off", **LOOK), about="duplicate") == []


def test_other_stories_do_not_concern_it(judge, duplicate, refused):
    assert judge(*duplicate, refused(404, "NOT_FOUND", **LOOK), about="no-trace") == []


@pytest.fixture
def race(accepted, refused):
    """So many accepted uses of a reference at once, and so many refused."""

    def made(won, lost):
        racing = {"name": "racing", "fails": "duplicate-reference", "sent": SENT}
        winners = [accepted(copy=number, **racing) for number in range(won)]
        return [*winners, *(refused(403, "DUPLICATED_REF", copy=won + number, **racing) for number in range(lost))]

    return made


def test_the_winner_of_a_race_is_found(judge, race, accepted, refused):
    assert judge(*race(1, 3), accepted(SHOWN, **LOOK), about="race") == [KEPT]
    [breach] = judge(*race(1, 3), refused(404, "NOT_FOUND", **LOOK), about="race")
    assert breach.observed == "404 NOT_FOUND"


def test_of_a_race_without_one_winner_nobody_knows_what_is_to_be_found(judge, race, refused, unanswered):
    lost = unanswered("the connection broke off", name="racing", copy=7, fails="duplicate-reference")
    assert judge(*race(2, 2), refused(404, "NOT_FOUND", **LOOK), about="race") == []
    assert judge(*race(0, 4), refused(404, "NOT_FOUND", **LOOK), about="race") == []
    assert judge(*race(1, 2), lost, refused(404, "NOT_FOUND", **LOOK), about="race") == []
