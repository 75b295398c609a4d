"""How long the question about the rate limit waits before it asks again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from errorcontract.cases import Build, Kit, Names, families
from errorcontract.contract import load
from errorcontract.model import Exchange, Request, Response

NOW = 1_700_000_000.0  # Tue, 14 Nov 2023 22:13:20 GMT
WINDOW = 20.0
MARGIN = 1.0


@pytest.fixture
def pause():
    """The seconds that are waited for after a refusal with this hint, in a contract with a delay in the body."""
    contract = load("depth")
    kit = Kit(Build(contract, Names(run="ec-test")), local=True, limit=(5, WINDOW))
    [case] = families()["burst"](kit)
    again = case.steps[-1]

    def waited(hint=None, body=None, status=429, clock=None):
        headers = [("Retry-After", hint)] * (hint is not None) + [("Date", clock)] * (clock is not None)
        told = {} if body is None else {"error": {"details": {"retryAfter": body}}}
        response = Response(status=status, headers=tuple(headers), body=json.dumps(told).encode())
        served = replace(response, status=200, headers=(("Retry-After", "50"),), body=b"{}")
        request = Request(method="GET", target="/")
        answers = {
            name: Exchange(number=number, case="", step=name, request=request, response=one, started=NOW)
            for number, (name, one) in enumerate((("burst#0", served), ("burst#1", response)))
        }
        return again.pause(answers)

    return waited


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({"hint": "7"}, 7),
        ({"hint": "Tue, 14 Nov 2023 22:13:27 GMT"}, 7),
        ({"hint": "Tuesday, 14-Nov-23 22:13:27 GMT"}, 7),
        ({"hint": "Tue Nov 14 22:13:27 2023"}, 7),
        ({"hint": "Tue, 14 Nov 2023 23:00:07 GMT", "clock": "Tue, 14 Nov 2023 23:00:00 GMT"}, 7),
        ({"body": 7}, 7),
        ({"hint": "3", "body": 7}, 7),
        ({"hint": "7", "body": 3}, 7),
        ({"hint": "7", "status": 503}, 7),
        ({"hint": "Tue, 14 Nov 2023 17:13:27 GMT"}, 0),
        ({"hint": "0"}, 0),
        ({"hint": "soon"}, WINDOW),
        ({"body": "soon"}, WINDOW),
        ({}, WINDOW),
    ],
)
def test_each_form_of_a_hint_is_waited_for_and_without_one_the_window(pause, told, seconds):
    assert seconds <= pause(**told) < seconds + MARGIN


@pytest.mark.parametrize("hint", ["2000000", "9" * 400, "Fri, 14 Nov 2098 22:13:27 GMT"])
def test_a_wait_of_many_windows_is_not_waited_for(pause, hint):
    assert pause(hint) <= 3 * WINDOW + MARGIN
