from __future__ import annotations

import pytest

from errorcontract.model import Provenance
from errorcontract.rules import KEPT


@pytest.fixture
def times(refused):
    """The same bad request with these answers."""

    def made(*answers, fails="unknown-plan"):
        return [
            refused(status, code, name=f"time-{number}", fails=fails)
            for number, (status, code) in enumerate(answers, 1)
        ]

    return made


def test_the_same_answer_each_time_keeps_it(judge, times):
    assert judge(*times((400, "ERR_VALIDATION"), (400, "ERR_VALIDATION"), (400, "ERR_VALIDATION")), about="stable") == [
        KEPT
    ]


def test_other_messages_details_and_request_ids_are_the_same_answer(judge, refused):
    asked = {"fails": "unknown-plan"}
    one, other = (
        refused(400, "ERR_VALIDATION", message="One", **asked),
        refused(400, "ERR_VALIDATION", details={"a": 1}, **asked),
    )
    assert judge(one, other, about="stable") == [KEPT]


def test_names_of_one_cause_are_the_same_answer(judge, times):
    answers = times((400, "ERR_VALIDATION"), (400, "ERR_PHONE"), (400, "INVALID_PHONE"), fails="invalid-phone/text")
    assert judge(*answers, about="stable") == [KEPT]


def test_another_status_breaks_it_although_each_answer_is_legal(judge, times):
    [breach] = judge(*times((400, "ERR_VALIDATION"), (404, "NOT_FOUND"), (400, "ERR_VALIDATION")), about="stable")
    assert breach.expected == "400 ERR_VALIDATION or NOT_FOUND"
    assert breach.observed == "400 ERR_VALIDATION or NOT_FOUND, then 404 ERR_VALIDATION or NOT_FOUND"
    assert breach.basis.provenance is Provenance.DOCUMENTED
    assert (breach.operation, breach.cause, breach.code, breach.status) == ("sendTopUp", None, None, None)
    assert breach.exchange.step == "time-2"


def test_another_code_breaks_it(judge, times):
    [breach] = judge(
        *times((400, "ERR_VALIDATION"), (400, "DUPLICATED_REF"), fails="invalid-amount/negative"), about="stable"
    )
    assert breach.observed == "400 ERR_VALIDATION, then 400 DUPLICATED_REF"


@pytest.mark.parametrize(
    "passing", [(429, "RATE_LIMIT_EXCEEDED"), (403, "IP_BLOCKED"), (403, "NO_BALANCE"), (503, "ERR_SERVICE")]
)
def test_a_state_that_passes_excuses_the_difference(judge, times, passing):
    assert judge(*times((400, "ERR_VALIDATION"), passing), about="stable") == []


def test_a_single_answer_and_lost_ones_are_not_judged(judge, times, unanswered):
    [answer] = times((400, "ERR_VALIDATION"))
    assert judge(answer, about="stable") == []
    assert judge(answer, unanswered("the connection broke off"), about="stable") == []


def test_other_stories_do_not_concern_it(judge, times):
    assert judge(*times((400, "ERR_VALIDATION"), (404, "NOT_FOUND")), about="single") == []
