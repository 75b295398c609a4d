from __future__ import annotations

from datetime import UTC, datetime

import pytest

from errorcontract.model import expanded, with_moments

NOON = datetime(2024, 2, 28, 12, 0, 0, 5000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("{now}", "2024-02-28T12:00:00.005Z"),
        ("{now+2d}", "2024-03-01T12:00:00.005Z"),
        ("{now-30s}", "2024-02-28T11:59:30.005Z"),
        ("from {now+1h} on", "from 2024-02-28T13:00:00.005Z on"),
        ("{nowhere}", "{nowhere}"),
        ("now", "now"),
    ],
)
def test_times_are_told_relative_to_now(text, moment):
    assert with_moments(text, NOON) == moment


def test_a_repeated_item_becomes_a_list_with_its_numbers():
    value = {"events": {"$repeat": 3, "item": {"id": "e-{index}", "tags": ["{index}", 7]}}, "other": 1}
    assert expanded(value) == {"events": [{"id": f"e-{n}", "tags": [str(n), 7]} for n in range(3)], "other": 1}


def test_what_only_resembles_a_repetition_is_left_alone():
    value = {"$repeat": 3, "item": 1, "more": 2}
    assert expanded(value) == value
