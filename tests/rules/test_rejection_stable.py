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


@pytest.fixture
def details(refused):
    """The same bad request with these details."""

    def made(*details):
        asked = {"fails": "unknown-plan"}
        return [
            refused(400, "ERR_VALIDATION", message=f"No {number}", details=one, name=f"time-{number}", **asked)
            for number, one in enumerate(details, 1)
        ]

    return made


@pytest.mark.parametrize(
    "told",
    [
        ({"attemptsLeft": 4}, {"attemptsLeft": 3}, {"attemptsLeft": 2}),
        ({"id": "a-1", "wait": 1}, {"id": "b-2", "wait": 0.5}),
        ({"free": [{"id": 1}]}, {"free": []}),
        ({"free": [{"id": 1}]}, {"free": [{"id": 1}, {"id": 2, "rating": 5}]}),
        ({"by": {"req_1": 1}}, {"by": {"req_2": 1}}),
        ({"value": None}, {"value": "text"}),
        ({"all": [{"a": 1}, {"b": 1}]}, {"all": [{"b": 2}, {"a": 2}]}),
    ],
)
def test_other_values_messages_and_request_ids_are_the_same_answer(judge, details, told):
    assert judge(*details(*told), about="stable") == [KEPT]


@pytest.mark.parametrize(
    ("told", "place"),
    [
        (({"field": "x"}, {"field": "x"}, None), "/error/details"),
        (({"value": 5}, {"value": "5"}), "/error/details/value"),
        (({"all": [{"a": 1}]}, {"all": [{"a": 1, "b": 2}]}), "/error/details/all/*/b"),
        (({"all": []}, {"all": {}}), "/error/details/all"),
    ],
)
def test_other_members_or_types_break_it_as_no_more_than_a_warning(judge, details, told, place):
    [breach] = judge(*details(*told), about="stable")
    assert breach.observed.startswith(f"{place} in one")
    assert (breach.basis.provenance, breach.cause) == (Provenance.INFERRED, "form of the answer")
    assert breach.exchange.step == f"time-{len(told)}"


def test_names_of_one_cause_may_have_forms_of_their_own(judge, refused):
    story = [
        refused(400, "ERR_VALIDATION", name="time-1", fails="invalid-phone/text", details={"field": "MSSIDN"}),
        refused(400, "ERR_PHONE", name="time-2", fails="invalid-phone/text", details={"number": "1"}),
    ]
    assert judge(*story, about="stable") == [KEPT]


def test_several_requests_of_a_story_are_judged_each_by_itself(judge, refused):
    def told(name, status, code):
        return refused(status, code, name=name, fails="unknown-plan")

    first = [told("of-1-1", 400, "ERR_VALIDATION"), told("of-2-1", 404, "NOT_FOUND")]
    assert judge(*first, told("of-1-2", 400, "ERR_VALIDATION"), told("of-2-2", 404, "NOT_FOUND"), about="stable") == [
        KEPT,
        KEPT,
    ]
    kept, breach = judge(
        *first, told("of-1-2", 400, "ERR_VALIDATION"), told("of-2-2", 400, "NOT_FOUND"), about="stable"
    )
    assert kept is KEPT
    assert breach.exchange.step == "of-2-2"


def test_a_good_request_between_is_none_of_the_answers(judge, times, accepted):
    first, second = times((400, "ERR_VALIDATION"), (400, "ERR_VALIDATION"))
    assert judge(first, accepted(name="between"), second, about="stable") == [KEPT]


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
