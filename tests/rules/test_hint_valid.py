from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errorcontract.model import Breach, Provenance
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
