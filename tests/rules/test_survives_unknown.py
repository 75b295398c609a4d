from __future__ import annotations

from dataclasses import replace

import pytest

from errorcontract.model import Ending, Provenance, Usual
from errorcontract.rules import KEPT

USUAL = Usual(endings={"4xx": (Ending(code=1, seconds=0.5), Ending(code=1, seconds=1.5))})
CRASH = Ending(code=1, crash="an exception of Python that nobody caught", seconds=0.5)
KILLED = Ending(signal="SIGABRT", seconds=0.5)
HANGS = Ending(stopped="it was still waiting or running after 20 s", silence=20.0, seconds=21.0)


@pytest.fixture
def ends(judge_client, attempted):
    """What is said of a client that meets a code which nobody documented, and ends so."""

    def judged(ending, usual=USUAL, strange="its code", status=400, **more):
        said = {"strange": strange, "kind": "4xx", "ending": ending, "usual": usual, "watched": 20.0}
        return judge_client(attempted(status, "NEW"), **said, **more)

    return judged


@pytest.mark.parametrize("ending", [Ending(code=1), Ending(code=0), Ending(code=3)])
def test_a_client_that_ends_as_after_other_errors_keeps_it(ends, ending):
    assert ends(ending) == [KEPT]


@pytest.mark.parametrize(
    ("ending", "summary"),
    [
        (CRASH, "a client crashes on an answer that it does not know"),
        (KILLED, "a client is killed by an answer that it does not know"),
        (HANGS, "a client hangs after an answer that it does not know"),
    ],
)
def test_a_client_that_does_not_end_well_breaks_it(ends, ending, summary):
    [breach] = ends(ending)
    assert breach.summary == summary
    assert ending.told() in breach.observed
    assert breach.basis.provenance is Provenance.INFERRED


def test_a_status_that_is_not_known_is_a_matter_of_http(ends):
    [breach] = ends(CRASH, strange="its status", status=418)
    assert breach.basis.provenance is Provenance.STANDARD


@pytest.mark.parametrize("ending", [CRASH, KILLED, HANGS])
def test_a_client_that_ends_like_this_after_known_errors_too_is_not_blamed(ends, ending):
    assert ends(ending, usual=Usual(endings={"4xx": (Ending(code=1), ending)})) == [KEPT]


def test_a_client_that_still_waits_after_known_errors_is_compared_with_its_other_ends(ends):
    waits = Ending(stopped="it was still waiting or running after 20 s", seconds=21.0)
    raises = {"4xx": (waits, waits), "5xx": (CRASH,)}
    assert ends(CRASH, usual=Usual(endings=raises)) == [KEPT]
    assert ends(CRASH, usual=Usual(endings=raises | {"5xx": (Ending(code=1),)})) != [KEPT]


def test_a_wait_that_other_waits_explain_is_no_hang(ends):
    assert ends(replace(HANGS, silence=4.0)) == [KEPT]
    assert ends(HANGS, usual=Usual(endings={"4xx": (Ending(code=1, seconds=9.0),)})) == [KEPT]


def test_without_known_errors_to_compare_with_nothing_is_said(ends):
    assert ends(CRASH, usual=Usual()) == []
    assert ends(CRASH, usual=None) == []


def test_known_answers_clients_without_a_process_and_servers_do_not_concern_it(ends, judge, refused):
    assert ends(CRASH, strange=None) == []
    assert ends(None) == []
    assert judge(refused(418, "NEW")) == []
