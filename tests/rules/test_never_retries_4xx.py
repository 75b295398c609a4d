from __future__ import annotations

import pytest

from errorcontract.model import Provenance, Usual
from errorcontract.rules import KEPT


def test_a_client_that_stops_at_a_refusal_keeps_it(judge_client, attempted):
    assert judge_client(attempted(400, "ERR_VALIDATION")) == [KEPT]


def test_a_refused_request_that_comes_again_breaks_it(judge_client, attempted):
    [breach] = judge_client(attempted(400, "ERR_VALIDATION"), attempted(400, "ERR_VALIDATION", at=1.5))
    assert breach.observed == "POST /v3/mobile/send: 400 ERR_VALIDATION, after 1.50 s, 400 ERR_VALIDATION"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code) == ("sendTopUp", "refused/a case", None)


def test_a_code_that_nobody_documented_is_judged_by_its_status(judge_client, attempted):
    [breach] = judge_client(attempted(418, "NEW"), attempted(418, "NEW", at=1))
    assert breach.expected == "nothing more after 418 NEW"


def test_what_the_contract_exempts_may_come_again(judge_client, attempted):
    assert judge_client(attempted(429, "RATE_LIMIT_EXCEEDED"), attempted(429, "RATE_LIMIT_EXCEEDED", at=2)) == []


def test_a_refusal_after_an_outage_is_final_too(judge_client, attempted):
    out, refused = attempted(503, "ERR_SERVICE"), attempted(400, "ERR_VALIDATION", at=1)
    assert judge_client(out, refused) == [KEPT]
    [breach] = judge_client(out, refused, attempted(400, "ERR_VALIDATION", at=3))
    assert breach.expected == "nothing more after 400 ERR_VALIDATION"


def test_another_content_is_another_call(judge_client, attempted):
    assert judge_client(
        attempted(400, "ERR_VALIDATION"), attempted(400, "ERR_VALIDATION", at=1, content="another order")
    ) == [KEPT, KEPT]


def test_a_client_that_makes_one_call_and_changes_it_a_little_each_time_sends_it_again(judge_client, attempted):
    one = Usual(calls={"POST /v3/mobile/send": (1, 1, 1)})
    sent = [attempted(400, "ERR_VALIDATION", at=at, content=f"order {at}") for at in (0, 1)]
    [breach] = judge_client(*sent, usual=one)
    assert "after 1.00 s" in breach.observed


def test_calls_that_are_made_twice_when_all_goes_well_are_no_retries(judge_client, attempted):
    twice = Usual(calls={"POST /v3/mobile/send": (1, 2, 2)})
    sent = [attempted(400, "ERR_VALIDATION", at=at) for at in (0, 1, 2)]
    assert judge_client(*sent[:2], usual=twice) == [KEPT]
    assert judge_client(*sent, usual=twice) != [KEPT]


def test_a_request_that_was_corrected_is_another_call(judge_client, attempted):
    one = Usual(calls={"POST /v3/mobile/send": (1, 1, 1)})
    first, corrected, again = (
        attempted(400, "ERR_VALIDATION", at=at, content=f"order {at}", gist=gist)
        for at, gist in enumerate(("for 20", "for 200", "for 200"))
    )
    assert judge_client(first, corrected, usual=one) == [KEPT, KEPT]
    assert judge_client(first, corrected, again, usual=one) != [KEPT, KEPT]


def test_what_is_looked_at_several_times_when_all_goes_well_is_so_under_any_id(judge_client, attempted):
    thrice = Usual(calls={"GET /v3/orders/o-1": (1, 3, 3)})
    place = "GET /v3/orders/o-2"
    sent = [attempted(404, "NOT_FOUND", at=at, place=place) for at in range(4)]
    assert judge_client(*sent[:3], usual=thrice) == [KEPT]
    assert judge_client(*sent, usual=thrice) != [KEPT]


@pytest.mark.parametrize("change", [{"credential": "another"}, {}])
def test_a_401_may_be_answered_with_another_credential(judge_client, attempted, change):
    first = attempted(401, "ERR_AUTH", credential="old")
    again = attempted(401, "ERR_AUTH", at=1, credential=change.get("credential", "old"))
    verdicts = judge_client(first, again)
    assert (verdicts == [KEPT]) is bool(change)


def test_a_conflict_may_be_answered_with_a_name_that_is_not_taken(judge_client, attempted):
    one = Usual(calls={"POST /v3/mobile/send": (1, 1, 1)})
    names = ("first", "second")
    other = [attempted(409, "NEW", at=at, content=name, reference=name) for at, name in enumerate(names)]
    same = [attempted(409, "NEW", at=at, content=name) for at, name in enumerate(names)]
    assert judge_client(*other, usual=one) == [KEPT]
    assert judge_client(*same, usual=one) != [KEPT]


def test_a_401_may_be_answered_after_a_call_that_fetches_a_token(judge_client, attempted):
    fetched = attempted(200, at=1, place="POST /token", content="token")
    assert judge_client(attempted(401, "ERR_AUTH"), fetched, attempted(401, "ERR_AUTH", at=2)) == [KEPT]


def test_a_code_without_a_documented_status_is_not_judged(judge_client, attempted):
    assert judge_client(attempted(400, "ERR_STOCK"), attempted(400, "ERR_STOCK", at=1)) == []


def test_a_call_beside_the_case_and_a_server_do_not_concern_it(judge_client, judge, attempted, refused):
    aside = [attempted(404, "NOT_FOUND", at=at, scripted=False) for at in (0, 1)]
    assert judge_client(*aside) == []
    assert judge(refused(400, "ERR_VALIDATION"), refused(400, "ERR_VALIDATION")) == []
