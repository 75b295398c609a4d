from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errorcontract.model import Breach, Timestamp
from errorcontract.rules import KEPT

NOW = datetime(2025, 9, 2, 10, 0, 0, tzinfo=UTC)
PATTERN = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"

many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def timed(promising, basis):
    return promising(timestamp=Timestamp(pointer="/error/timestamp", pattern=None, within=300.0, basis=basis))


@pytest.fixture
def exact(promising, basis):
    return promising(timestamp=Timestamp(pointer="/error/timestamp", pattern=PATTERN, within=300.0, basis=basis))


@pytest.fixture
def told(answered):
    """An error of ten in the morning, with a time in it."""

    def made(text, status=404, clock=None, seconds=0.0):
        headers = () if clock is None else (("Date", format_datetime(clock, usegmt=True)),)
        body = {"error": {"timestamp": text}}
        return answered(status, body, headers=headers, started=NOW.timestamp(), seconds=seconds)

    return made


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-02T10:00:00.000Z",
        "2025-09-02T10:00:00Z",
        "2025-09-02T09:55:00Z",
        "2025-09-02T10:05:00.000Z",
        "2025-09-02t10:00:00z",
        "2025-09-02T10:00:00+00:00",
        "2025-09-02T09:59:60Z",
        "2025-09-02T10:00:00.123456789Z",
        "20250902T100000Z",
    ],
)
def test_the_time_of_the_answer_in_utc_keeps_it(judge, told, timed, text):
    assert judge(told(text), promised=timed) == [KEPT]


@pytest.mark.parametrize("text", ["now", "", "1756807200", "2025-09-02T25:00:00Z", "02/09/2025 10:00", "٢٠٢٥-٠٩-٠٢"])
def test_what_is_no_time_breaks_it(judge, told, timed, text):
    [breach] = judge(told(text), promised=timed)
    assert (breach.expected, breach.observed) == ("an ISO 8601 time", f"/error/timestamp: {text}")
    assert (breach.operation, breach.cause, breach.code, breach.status) == (None, "form of the time", None, None)


@pytest.mark.parametrize("text", ["2025-09-02T10:00:00Z", "2025-09-02T10:00:00.000+00:00", "2025-09-02 10:00:00.000Z"])
def test_another_form_than_the_documented_one_breaks_it(judge, told, exact, text):
    [breach] = judge(told(text), promised=exact)
    assert breach.cause == "form of the time"
    assert judge(told("2025-09-02T10:00:00.000Z"), promised=exact) == [KEPT]


@pytest.mark.parametrize("text", ["2025-09-02T11:00:00+01:00", "2025-09-02T10:00:00", "2025-09-02"])
def test_another_zone_or_none_breaks_it(judge, told, timed, text):
    [breach] = judge(told(text), promised=timed)
    assert (breach.expected, breach.cause) == ("a time in UTC", "zone of the time")


@pytest.mark.parametrize(
    "text", ["2025-09-02T11:00:00Z", "2025-09-02T09:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
)
def test_another_time_breaks_it(judge, told, timed, text):
    [breach] = judge(told(text, clock=NOW), promised=timed)
    assert (breach.expected, breach.cause) == (
        "a time within 300 seconds of 2025-09-02T10:00:00Z",
        "moment of the time",
    )
    assert len(judge(told(text), promised=timed)) == 1


def test_a_clock_of_ours_that_is_wrong_is_no_breach(judge, told, timed):
    theirs = NOW + timedelta(hours=5)
    assert judge(told("2025-09-02T15:00:01Z", clock=theirs), promised=timed) == [KEPT]


def test_a_slow_answer_may_tell_when_it_was_done(judge, told, timed):
    assert judge(told("2025-09-02T10:15:00Z", seconds=900.0), promised=timed) == [KEPT]


@pytest.mark.parametrize("text", [None, 1756807200, {}, ["2025-09-02T10:00:00Z"]])
def test_what_is_no_text_is_the_envelopes_matter(judge, told, answered, timed, text):
    assert judge(told(text), answered(404, {"error": {}}), answered(404, b"<html>"), promised=timed) == []


def test_it_speaks_of_errors_and_where_it_is_promised(judge, told, timed):
    assert judge(told("soon", status=200), promised=timed) == []
    assert judge(told("soon")) == []


@many
@given(st.timedeltas(timedelta(minutes=-4), timedelta(minutes=4)))
def test_no_time_near_the_answer_is_ever_flagged(judge, told, timed, off):
    assert judge(told((NOW + off).isoformat()), promised=timed) == [KEPT]


@many
@given(st.text() | st.text(alphabet="0123456789-:.TZ+"))
def test_every_text_gets_a_verdict(judge, told, timed, text):
    [verdict] = judge(told(text), promised=timed)
    assert verdict is KEPT or isinstance(verdict, Breach)
