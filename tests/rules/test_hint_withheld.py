from __future__ import annotations

import pytest

from errorcontract.model import Delay, Hint
from errorcontract.rules import KEPT


@pytest.fixture
def silent(promising, basis):
    return promising(
        hint_withheld=Hint(statuses=frozenset({429}), basis=basis),
        delay=Delay(pointer="/error/details/retryAfter", form="seconds", basis=basis),
    )


@pytest.mark.parametrize("message", ["Too many login attempts. Please try again later.", "محاولات كثيرة جداً", "", None])
def test_a_refusal_that_tells_nothing_keeps_it(judge, refused, silent, message):
    assert judge(refused(429, "TOO_MANY", message=message), promised=silent) == [KEPT]


def test_a_header_that_tells_the_delay_breaks_it(judge, refused, silent):
    [breach] = judge(refused(429, "TOO_MANY", headers=(("Retry-After", "60"),)), promised=silent)
    assert (breach.expected, breach.observed) == ("no delay and no number", "Retry-After: 60")
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, "TOO_MANY", 429)


@pytest.mark.parametrize("message", ["Try again in 5 minutes", "100 requests a minute", "انتظر ٥ دقائق"])
def test_a_number_in_the_message_breaks_it(judge, refused, silent, message):
    [breach] = judge(refused(429, "TOO_MANY", message=message), promised=silent)
    assert breach.observed == f"the message {message}"


def test_a_delay_in_the_body_breaks_it(judge, refused, silent):
    [breach] = judge(refused(429, "TOO_MANY", details={"retryAfter": 0}), promised=silent)
    assert breach.observed == "/error/details/retryAfter: 0"


def test_other_answers_may_tell_it(judge, refused, accepted, silent, promising):
    hint = (("Retry-After", "60"),)
    assert judge(refused(503, "BUSY", headers=hint), accepted(headers=hint), promised=silent) == []
    assert judge(refused(429, "TOO_MANY", headers=hint), promised=promising()) == []
