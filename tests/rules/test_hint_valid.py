from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errorcontract.model import Breach, Delay, Provenance
from errorcontract.rules import KEPT

many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def hinted(refused):
    return lambda hint: refused(429, "RATE_LIMIT_EXCEEDED", headers=(("Retry-After", hint),))


@pytest.mark.parametrize(
    "hint",
    [
        "0",
        "1",
        "120",
        " 30 ",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ],
)
def test_seconds_and_every_form_of_an_http_date_keep_it(judge, hinted, hint):
    assert judge(hinted(hint)) == [KEPT]


@pytest.mark.parametrize(
    "hint",
    [
        "soon",
        "-5",
        "1.5",
        "1500.0 ms",
        "5 s",
        "",
        "+5",
        "1e3",
        "٥",
        "2025-10-29T00:36:12Z",
        "1, 2",
        "Mon, 32 Jan 2024 00:00:00 GMT",
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
    ],
)
def test_any_other_form_breaks_it(judge, hinted, hint):
    [breach] = judge(hinted(hint))
    assert (breach.expected, breach.observed) == ("seconds or an HTTP date", f"Retry-After: {hint}")
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, None, "RATE_LIMIT_EXCEEDED", 429)


@pytest.mark.parametrize(
    "hint",
    [
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 09:49:37 +0100",
        "06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "sun, 06 nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37",
    ],
)
def test_a_date_of_no_form_of_http_that_some_can_read_is_a_warning(judge, hinted, hint):
    [breach] = judge(hinted(hint))
    assert (breach.basis.provenance, breach.cause) == (Provenance.STANDARD, "date")
    assert breach.basis.source.startswith("RFC 9110")


def test_where_the_limit_is_nobodys_promise_the_header_is_still_that_of_http(judge, hinted, contract, basis):
    nothing = replace(contract.rate_limit, basis=replace(basis, provenance=Provenance.UNSPECIFIED))
    [breach] = judge(hinted("soon"), promised=replace(contract, rate_limit=nothing))
    assert breach.basis.provenance is Provenance.STANDARD


def test_no_hint_is_no_breach(judge, refused, accepted):
    assert judge(refused(429, "RATE_LIMIT_EXCEEDED"), accepted()) == []


@many
@given(st.integers(min_value=0))
def test_no_whole_number_of_seconds_is_ever_flagged(judge, hinted, seconds):
    assert judge(hinted(str(seconds))) == [KEPT]


@many
@given(st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_no_date_as_http_writes_it_is_ever_flagged(judge, hinted, moment):
    assert judge(hinted(format_datetime(moment, usegmt=True))) == [KEPT]


@many
@given(st.text() | st.text(alphabet="0123456789 :,-+GMTJanSun"))
def test_every_text_gets_a_verdict(judge, hinted, hint):
    [verdict] = judge(hinted(hint))
    assert verdict is KEPT or isinstance(verdict, Breach)


@pytest.fixture
def delayed(promising, basis, refused, judge):
    """The verdicts on a refusal with this delay in its body."""

    def told(form, delay, status=503, **more):
        promised = promising(delay=Delay(pointer="/error/details/retryAfter", form=form, basis=basis))
        return judge(refused(status, "BUSY", details={"retryAfter": delay}, **more), promised=promised)

    return told


@pytest.mark.parametrize(("form", "delay"), [("seconds", 0), ("seconds", 30), ("seconds", 0.5), ("seconds", 10**400)])
def test_a_delay_in_seconds_keeps_it(delayed, form, delay):
    assert delayed(form, delay) == [KEPT]


@pytest.mark.parametrize("delay", ["30s", "0.5s", "0s", "3.000000001s", "86400s"])
def test_a_duration_keeps_it(delayed, delay):
    assert delayed("duration", delay) == [KEPT]


@pytest.mark.parametrize("delay", [-1, -0.1, "30", "soon", True, [], {}, 1e999])
def test_what_is_no_number_of_seconds_breaks_it(answered, promising, basis, judge, delay):
    promised = promising(delay=Delay(pointer="/delay", form="seconds", basis=basis))
    if delay == 1e999:
        [breach] = judge(answered(503, b'{"delay": 1e999}'), promised=promised)
    else:
        [breach] = judge(answered(503, {"delay": delay}), promised=promised)
    assert breach.expected == "seconds as a number, zero or more"


@pytest.mark.parametrize("delay", [30, "30", "-3s", "1m", "30 s", "1.0000000001s", ".5s", "1e3s", "", "٣s"])
def test_what_is_no_duration_breaks_it(delayed, delay):
    [breach] = delayed("duration", delay)
    assert breach.observed == f"/error/details/retryAfter: {delay!r}"
    assert (breach.operation, breach.cause) == (None, "delay in the body")
    assert (breach.code, breach.status) == ("BUSY", 503)


def test_a_header_and_a_body_are_judged_each_for_itself(delayed):
    header, body = delayed("seconds", 5, headers=(("Retry-After", "soon"),))
    assert header.observed == "Retry-After: soon"
    assert body is KEPT


def test_no_delay_in_the_body_is_no_breach(delayed, judge, refused):
    assert delayed("seconds", None) == []
    assert delayed("seconds", -5, status=200) == []
    assert judge(refused(503, "BUSY", details={"retryAfter": -5})) == []
