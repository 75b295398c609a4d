from __future__ import annotations

import pytest

from errorcontract.model import Delay, Provenance
from errorcontract.rules import KEPT

NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT
POINTER = "/error/details/retryAfter"


@pytest.fixture
def told(refused, promising, basis, judge):
    """What the rule says of a refusal with a hint in its header and one in its body."""

    def judged(header, body, form="seconds", clock=None):
        promised = promising(delay=Delay(pointer=POINTER, form=form, basis=basis))
        headers = [("Retry-After", header)] * (header is not None) + [("Date", clock)] * (clock is not None)
        details = None if body is None else {"retryAfter": body}
        return judge(refused(429, "ANY", headers=tuple(headers), details=details, started=NOW), promised=promised)

    return judged


@pytest.mark.parametrize(
    ("header", "body", "form"),
    [
        ("30", 30, "seconds"),
        ("30", 28.4, "seconds"),
        ("1", "0.5s", "duration"),
        ("60", 56, "seconds"),
        ("0", 0, "seconds"),
        ("Tue, 14 Nov 2023 22:13:50 GMT", "30s", "duration"),
        ("Tuesday, 14-Nov-23 22:13:51 GMT", "30s", "duration"),
        ("Tue Nov 14 22:13:49 2023", "30s", "duration"),
    ],
)
def test_one_wait_in_two_places_keeps_it(told, header, body, form):
    assert told(header, body, form) == [KEPT]


@pytest.mark.parametrize(
    ("header", "body", "form"),
    [
        ("30000", 30, "seconds"),
        ("30", "3s", "duration"),
        ("5", 0, "seconds"),
        ("Tue, 14 Nov 2023 22:13:20 GMT", 30, "seconds"),
        ("Tue, 14 Nov 2023 17:13:50 GMT", 30, "seconds"),
    ],
)
def test_two_waits_break_it_as_no_more_than_a_warning(told, header, body, form):
    [breach] = told(header, body, form)
    assert breach.expected == "one wait in header and body"
    assert breach.basis.provenance is Provenance.INFERRED
    assert (breach.code, breach.status) == ("ANY", 429)


def test_both_waits_are_told(told):
    [breach] = told("2000", 2)
    assert breach.observed == f"2000 s in Retry-After, 2 s at {POINTER}"


def test_a_date_is_read_by_the_clock_of_the_target(told):
    assert told("Tue, 14 Nov 2023 23:13:50 GMT", 30, clock="Tue, 14 Nov 2023 23:13:20 GMT") == [KEPT]


@pytest.mark.parametrize(
    ("header", "body"), [(None, 30), ("30", None), (None, None), ("soon", 30), ("30", "soon"), ("-1", 30), ("30", -1)]
)
def test_one_hint_and_one_that_can_not_be_read_do_not_concern_it(told, header, body):
    assert told(header, body) == []


def test_successes_and_contracts_without_a_delay_in_the_body_do_not_concern_it(judge, refused, accepted, promising):
    both = {"headers": (("Retry-After", "30"),)}
    assert judge(refused(429, "ANY", details={"retryAfter": 1}, **both), promised=promising()) == []
    assert judge(accepted({"retryAfter": 1}, **both)) == []
