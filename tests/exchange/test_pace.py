"""No window of a target's ever holds more requests than were allowed."""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorcontract.errors import UsageError
from errorcontract.exchange import Pace, parse_rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("60/minute", (60, 60.0)),
        ("20/second", (20, 1.0)),
        ("5/hour", (5, 3600.0)),
        (" 7 / m ", (7, 60.0)),
        ("1/s", (1, 1.0)),
        ("9/h", (9, 3600.0)),
    ],
)
def test_a_rate_is_a_number_and_a_unit(text, rate):
    assert parse_rate(text) == rate


@pytest.mark.parametrize(
    "text",
    [
        "",
        "60",
        "/minute",
        "60/",
        "0/second",
        "-1/second",
        "1.5/second",
        "60/minutes",
        "60/day",
        "60 per minute",
        "60/Minute",
        "1e3/s",
    ],
)
def test_what_is_no_rate_is_refused_with_the_right_form(text):
    with pytest.raises(UsageError, match="write N/second or N/minute"):
        parse_rate(text)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
    try:
        requests, seconds = parse_rate(text)
    except UsageError:
        return
    assert requests >= 1
    assert seconds in {1.0, 60.0, 3600.0}


def granted(rate, number, side_by_side):
    """The moments at which requests might go."""

    async def one(pace, moments):
        await pace.wait()
        moments.append(time.monotonic())

    async def run():
        pace, moments = Pace(rate), []
        if side_by_side:
            await asyncio.gather(*(one(pace, moments) for _ in range(number)))
        else:
            for _ in range(number):
                await one(pace, moments)
        return sorted(moments)

    return asyncio.run(run())


@pytest.mark.parametrize("side_by_side", [False, True], ids=["one by one", "side by side"])
@pytest.mark.parametrize(
    ("requests", "seconds", "number"), [(5, 0.25, 14), (20, 0.2, 60), (200, 0.2, 500), (1, 0.15, 4)]
)
def test_no_window_holds_more_than_the_rate(requests, seconds, number, side_by_side):
    moments = granted((requests, seconds), number, side_by_side)
    assert len(moments) == number
    most = max(sum(start <= moment < start + seconds for moment in moments) for start in moments)
    assert most <= requests


def test_without_a_rate_nobody_waits():
    assert len(granted(None, 100, side_by_side=True)) == 100
    assert Pace(None).seconds(1000) == 0


def test_the_least_time_of_a_run_is_told():
    assert Pace((60, 60.0)).seconds(90) == 90.0
