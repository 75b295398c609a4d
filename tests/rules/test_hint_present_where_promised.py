from __future__ import annotations

import pytest

from errorcontract.model import Delay, Hint
from errorcontract.rules import KEPT


@pytest.fixture
def hinted(promising, basis):
    return promising(
        hint_promised=Hint(codes=frozenset({"SERVICE_MAINTENANCE"}), statuses=frozenset({429}), basis=basis),
        delay=Delay(pointer="/error/details/retryAfter", form="seconds", basis=basis),
    )


@pytest.mark.parametrize("hint", ["5", "soon", ""])
def test_a_header_keeps_it_whatever_it_says(judge, refused, hinted, hint):
    assert judge(refused(429, "RATE_LIMIT_EXCEEDED", headers=(("retry-after", hint),)), promised=hinted) == [KEPT]


@pytest.mark.parametrize("delay", [0, 30, "soon"])
def test_a_delay_in_the_body_keeps_it(judge, refused, hinted, delay):
    asked = refused(503, "SERVICE_MAINTENANCE", details={"retryAfter": delay})
    assert judge(asked, promised=hinted) == [KEPT]


@pytest.mark.parametrize(("status", "code"), [(429, "ANY"), (503, "SERVICE_MAINTENANCE")])
@pytest.mark.parametrize("details", [None, {}, {"retryAfter": None}, {"retry": 5}])
def test_neither_of_the_two_breaks_it(judge, refused, hinted, status, code, details):
    [breach] = judge(refused(status, code, details=details), promised=hinted)
    assert (breach.expected, breach.observed) == ("a hint when to send again", "none")
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, code, status)


def test_where_the_body_has_no_place_for_it_only_the_header_counts(judge, refused, promising, basis):
    by_header = promising(hint_promised=Hint(statuses=frozenset({429}), basis=basis))
    [breach] = judge(refused(429, "ANY", details={"retryAfter": 5}), promised=by_header)
    assert breach.observed == "none"


def test_other_answers_need_none(judge, refused, accepted, hinted, promising):
    assert judge(refused(503, "OTHER"), refused(400, "ERR_VALIDATION"), accepted(), promised=hinted) == []
    assert judge(refused(429, "RATE_LIMIT_EXCEEDED"), promised=promising()) == []
