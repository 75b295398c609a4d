from __future__ import annotations

from dataclasses import replace

from errorcontract.contract import load
from errorcontract.model import Provenance, RetryPolicy, Usual
from errorcontract.rules import KEPT

OUT = (503, "ERR_SERVICE")


def many(attempted, times, *answer, step=0.1):
    return [attempted(*answer, at=number * step) for number in range(times)]


def test_as_many_attempts_as_are_allowed_keep_it(judge_client, attempted):
    assert judge_client(*many(attempted, 3, *OUT)) == [KEPT]
    assert judge_client(attempted(*OUT)) == [KEPT]


def test_one_more_breaks_it_as_far_as_the_number_is_promised(judge_client, attempted):
    [breach] = judge_client(*many(attempted, 4, *OUT))
    assert breach.expected == "at most 3 attempts"
    assert breach.observed.startswith("4 attempts; POST /v3/mobile/send: 503 ERR_SERVICE, after 0.10 s")
    assert breach.basis.provenance is Provenance.INFERRED, "three attempts stand in samples only"


def test_attempts_without_end_break_it_whatever_the_number(judge_client, attempted, contract):
    [breach] = judge_client(*many(attempted, 21, *OUT))
    assert breach.summary == "a failing request is sent without end"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    silent = replace(contract, retry_policy=RetryPolicy())
    assert judge_client(*many(attempted, 20, *OUT), promised=silent) == [KEPT]
    [breach] = judge_client(*many(attempted, 21, *OUT), promised=silent)
    assert breach.basis.provenance is Provenance.STANDARD


def test_lost_answers_count_like_any_other(judge_client, attempted):
    [breach] = judge_client(*many(attempted, 4, "the connection was reset"))
    assert "the connection was reset, after" in breach.observed


def test_what_comes_after_a_success_is_no_retry(judge_client, attempted):
    polls = [attempted(200, at=1 + number) for number in range(30)]
    assert judge_client(attempted(*OUT), *polls) == [KEPT]
    assert judge_client(*polls) == []


def test_what_comes_after_a_refusal_is_another_rules_matter(judge_client, attempted):
    refused = [attempted(400, "ERR_VALIDATION", at=1 + number) for number in range(30)]
    assert judge_client(attempted(*OUT), *refused) == [KEPT]


def test_an_outage_that_is_final_allows_one_attempt(judge_client, attempted):
    depth = load("depth")
    sent = many(attempted, 2, 500, "INTERNAL_SERVER_ERROR")
    [breach] = judge_client(*sent, promised=depth)
    assert (breach.expected, breach.basis.provenance) == ("at most 1 attempt", Provenance.INFERRED)
    [breach] = judge_client(*many(attempted, 4, 503, "SERVICE_MAINTENANCE"), promised=depth)
    assert (breach.expected, breach.basis.provenance) == ("at most 3 attempts", Provenance.DOCUMENTED)


def test_calls_that_are_made_several_times_anyway_have_as_many_attempts_each(judge_client, attempted):
    twice = Usual(calls={"POST /v3/mobile/send": (1, 2, 2)})
    assert judge_client(*many(attempted, 6, *OUT), usual=twice) == [KEPT]


def test_a_status_that_the_documents_do_not_name_has_no_number(judge_client, attempted):
    assert judge_client(*many(attempted, 5, 503, "ERR_STOCK")) == [KEPT]


def test_refusals_and_servers_do_not_concern_it(judge_client, judge, attempted, refused):
    assert judge_client(*many(attempted, 30, 400, "ERR_VALIDATION")) == []
    assert judge(*(refused(*OUT) for _ in range(30))) == []
