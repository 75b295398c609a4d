from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from errorcontract.model import Basis, Delay, ErrorPromises, Provenance, RetryPolicy, Usual
from errorcontract.rules import KEPT

TWO = (("Retry-After", "2"),)
LIMIT = (429, "RATE_LIMIT_EXCEEDED")


def date(seconds):
    """A Retry-After that names a moment so many seconds after the first request of these tests."""
    return (("Retry-After", format_datetime(datetime.fromtimestamp(1000 + seconds, UTC), usegmt=True)),)


@pytest.mark.parametrize("after", [2.0, 1.96, 30.0])
def test_a_client_that_waits_as_long_as_it_is_told_keeps_it(judge_client, attempted, after):
    assert judge_client(attempted(*LIMIT, wait=TWO), attempted(200, at=after)) == [KEPT]


def test_a_client_that_comes_before_its_time_breaks_it(judge_client, attempted):
    [breach] = judge_client(attempted(*LIMIT, wait=TWO), attempted(200, at=0.7))
    assert breach.expected.endswith("after 429 RATE_LIMIT_EXCEEDED with Retry-After in seconds")
    assert breach.observed.startswith("0.70 s; POST /v3/mobile/send: ")
    assert breach.basis.provenance is Provenance.DOCUMENTED


@pytest.mark.parametrize(("after", "kept"), [(3.0, True), (2.1, True), (1.5, False), (0.0, False)])
def test_a_date_is_waited_for_to_the_second(judge_client, attempted, after, kept):
    verdicts = judge_client(attempted(*LIMIT, wait=date(3)), attempted(200, at=after))
    assert (verdicts == [KEPT]) is kept
    assert kept or "Retry-After as a date" in verdicts[0].expected


def test_each_answer_counts_from_its_own_end(judge_client, attempted):
    sent = attempted(*LIMIT, wait=TWO), attempted(*LIMIT, wait=TWO, at=2), attempted(200, at=2.5)
    [breach] = judge_client(*sent)
    assert breach.observed.startswith("0.50 s")


def test_a_delay_in_the_body_counts_where_the_contract_says_so(judge_client, attempted, contract, basis):
    delay = Delay(pointer="/error/details/wait", form="seconds", basis=basis)
    promised = replace(contract, errors=ErrorPromises(delay=delay), retry_policy=RetryPolicy(body_delay=basis))
    sent = attempted(503, "ERR_SERVICE", details={"wait": 2}), attempted(200, at=1)
    [breach] = judge_client(*sent, promised=promised)
    assert "a delay in the body" in breach.expected
    silent = replace(promised, retry_policy=RetryPolicy())
    assert judge_client(*sent, promised=silent) == []


def test_where_a_contract_is_silent_http_itself_speaks(judge_client, attempted, contract):
    silent = replace(contract, retry_policy=RetryPolicy())
    [breach] = judge_client(attempted(*LIMIT, wait=TWO), attempted(200, at=1), promised=silent)
    assert breach.basis == Basis(provenance=Provenance.STANDARD, source="RFC 9110, 10.2.3, Retry-After")


def test_where_the_documents_speak_of_other_answers_http_itself_speaks(judge_client, attempted):
    [breach] = judge_client(attempted(503, "ERR_SERVICE", wait=TWO), attempted(200, at=1))
    assert breach.basis.provenance is Provenance.STANDARD


def test_calls_that_are_made_twice_anyway_are_not_too_early(judge_client, attempted):
    twice = Usual(calls={"POST /v3/mobile/send": (1, 2, 2)})
    assert judge_client(attempted(*LIMIT, wait=TWO), attempted(*LIMIT, wait=TWO, at=0.1), usual=twice) == [KEPT]


def test_a_request_that_was_under_way_already_is_no_retry(judge_client, attempted):
    (step, exchange), attempt = attempted(*LIMIT, wait=TWO)
    slow = (step, replace(exchange, seconds=1.0)), attempt
    assert judge_client(slow, attempted(200, at=0.5)) == []


@pytest.mark.parametrize("hint", ["0", "soon", "-1", "9" * 5000])
def test_a_client_that_does_not_come_again_and_a_hint_that_asks_nothing_keep_the_peace(judge_client, attempted, hint):
    assert judge_client(attempted(*LIMIT, wait=(("Retry-After", hint),))) == []
    assert judge_client(attempted(*LIMIT), attempted(200, at=0.01)) == []


def test_servers_do_not_concern_it(judge, refused, accepted):
    assert judge(refused(*LIMIT, headers=TWO), accepted(started=0.1)) == []
