from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Provenance, Watch
from errorcontract.rules import KEPT

TWICE = {"fails": "duplicate-reference", "name": "racing", "cost": 200.0}


@pytest.fixture
def race(accepted, refused):
    """So many accepted uses of a reference at once, and so many refused as duplicates."""

    def made(won, lost):
        winners = [accepted(copy=number, **TWICE) for number in range(won)]
        return [*winners, *(refused(403, "DUPLICATED_REF", copy=won + number, **TWICE) for number in range(lost))]

    return made


def test_exactly_one_accepted_keeps_it(judge, race):
    assert judge(*race(1, 7), about="race") == [KEPT]


def test_one_accepted_and_one_paid_keeps_it(judge, race, balance):
    assert judge(balance(1000), *race(1, 7), balance(800, "balance-after"), about="race") == [KEPT]


def test_two_accepted_break_it(judge, race, balance):
    exchanges = race(2, 6)
    [breach] = judge(balance(1000), *exchanges, balance(600, "balance-after"), about="race")
    assert breach.expected == "one accepted, 200 paid"
    assert breach.observed == "2 of 8 accepted, 400 paid"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (
        "sendTopUp",
        "duplicate-reference/at once",
        None,
        None,
    )
    assert breach.exchange is exchanges[1][1]


def test_one_accepted_but_two_paid_break_it(judge, race, balance):
    [breach] = judge(balance(1000), *race(1, 7), balance(600, "balance-after"), about="race")
    assert breach.observed == "1 of 8 accepted, 400 paid"


def test_none_accepted_breaks_it(judge, race):
    [breach] = judge(*race(0, 8), about="race")
    assert breach.observed == "0 of 8 accepted"


def test_none_accepted_is_not_judged_where_one_failed(judge, race, refused):
    assert judge(*race(0, 7), refused(500, "INTERNAL_ERROR", copy=7, **TWICE), about="race") == []


def test_none_accepted_is_not_judged_where_the_answer_of_one_was_lost(judge, race, unanswered):
    assert judge(*race(0, 7), unanswered("the connection broke off", copy=7, **TWICE), about="race") == []


@pytest.mark.parametrize(("status", "code"), [(429, "RATE_LIMIT_EXCEEDED"), (403, "NO_BALANCE"), (503, "ERR_SERVICE")])
def test_a_state_that_passes_excuses_the_race(judge, race, refused, status, code):
    assert judge(*race(0, 7), refused(status, code, copy=7, **TWICE), about="race") == []


def test_a_cost_that_nobody_tells_leaves_the_count(judge, accepted, refused, balance):
    unknown = TWICE | {"cost": None}
    uses = [accepted(copy=0, **unknown), refused(403, "DUPLICATED_REF", copy=1, **unknown)]
    assert judge(balance(1000), *uses, balance(0, "balance-after"), about="race") == [KEPT]


def test_two_accepted_break_it_where_nothing_is_paid(judge, accepted, refused):
    unknown = TWICE | {"cost": None}
    uses = [*(accepted(copy=copy, **unknown) for copy in range(2)), refused(403, "DUPLICATED_REF", copy=2, **unknown)]
    [breach] = judge(*uses, about="race")
    assert (breach.expected, breach.observed) == ("one accepted", "2 of 3 accepted")


def test_uses_one_after_the_other_do_not_concern_it(judge, accepted, race):
    assert judge(accepted(name="first"), accepted(name="second"), about="duplicate") == []
    assert judge(*race(2, 0), about="duplicate") == []


def test_two_accepted_break_it_whatever_passes_for_the_others(judge, race, refused):
    [breach] = judge(*race(2, 5), refused(429, "RATE_LIMIT_EXCEEDED", copy=7, **TWICE), about="race")
    assert breach.observed == "2 of 8 accepted"


def test_two_accepted_break_it_though_the_answer_of_one_was_lost(judge, race, unanswered):
    [breach] = judge(*race(2, 5), unanswered("the connection broke off", copy=7, **TWICE), about="race")
    assert breach.observed == "2 of 7 accepted"


def test_none_accepted_is_not_judged_where_nobody_is_told_of_a_first_use(judge, refused):
    assert judge(*(refused(400, "ERR_VALIDATION", copy=copy, **TWICE) for copy in range(4)), about="race") == []


def test_what_costs_less_than_one_use_is_not_judged(judge, race, balance):
    assert judge(balance(1000), *race(1, 3), balance(1000, "balance-after"), about="race") == [KEPT]


@pytest.fixture
def listed(contract):
    """A contract whose top-ups are listed, and what the list shows after a race."""
    watching = replace(contract.operations["sendTopUp"], watch=(Watch(operation="getBalance", pointer="/data"),))
    return replace(contract, operations={**contract.operations, "sendTopUp": watching})


@pytest.mark.parametrize(
    ("shown", "observed"),
    [
        ([{"ref": "order-1a"}, {"ref": "order-2a"}], None),
        ([{"ref": "order-1a"}, {"ref": "order-1a", "state": "refused"}], "1 of 4 accepted, 2 made"),
        ({"total": 2, "orders": [{"ref": "order-1a"}, {"of": {"ref": "order-1a"}}]}, "1 of 4 accepted, 2 made"),
        ([{"ref": "order-1ab"}, {"ref": "order-1a"}], None),
        ("order-1a", None),
    ],
)
def test_what_is_listed_twice_was_made_twice(judge, race, accepted, listed, shown, observed):
    effect = accepted(shown, name="effect-1", operation="getBalance", sent=None)
    asked = [*race(1, 3), effect]
    verdicts = judge(*asked, promised=listed, about="race", notes={"reference": "order-1a"})
    assert [verdict and verdict.observed for verdict in verdicts] == [observed]
