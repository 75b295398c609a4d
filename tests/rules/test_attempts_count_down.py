from __future__ import annotations

import pytest

from errorcontract.rules import KEPT


@pytest.fixture
def wrong(refused):
    """Refusals of wrong credentials that announce these numbers."""

    def made(*left, code="INVALID_ACCESS_TOKEN"):
        return [
            refused(
                401,
                code,
                details={} if number is None else {"attemptsLeft": number},
                name=f"wrong-{index}",
                fails="wrong-credentials",
            )
            for index, number in enumerate(left, 1)
        ]

    return made


def test_numbers_that_fall_keep_it(judge, wrong):
    assert judge(*wrong(4, 3, 2, 1, 0), about="lock-out") == [KEPT] * 4


def test_they_may_fall_by_more_than_one(judge, wrong):
    assert judge(*wrong(9, 5, 1), about="lock-out") == [KEPT] * 2


@pytest.mark.parametrize("numbers", [(4, 4), (3, 4)])
def test_numbers_that_stay_or_rise_break_it(judge, wrong, numbers):
    before, after = numbers
    [breach] = judge(*wrong(*numbers), about="lock-out")
    assert breach.expected == f"fewer than {before} left"
    assert breach.observed == f"{after} left"
    assert breach.basis.source.startswith("validate page")
    assert (breach.cause, breach.code, breach.status) == ("wrong-credentials", None, None)


def test_a_lock_out_that_goes_on_saying_none_is_left_keeps_it(judge, wrong):
    assert judge(*wrong(1, 0, 0), about="lock-out") == [KEPT]


def test_a_target_that_announces_nothing_is_not_judged(judge, wrong):
    assert judge(*wrong(None, None, None), about="lock-out") == []


def test_a_number_in_words_is_not_judged(judge, wrong):
    assert judge(*wrong("four", "four"), about="lock-out") == []


def test_an_answer_without_the_number_between_is_passed_over(judge, wrong, refused):
    first, last = wrong(4, 3)
    limited = refused(429, "RATE_LIMIT_EXCEEDED", name="wrong-2", fails="wrong-credentials")
    assert judge(first, limited, last, about="lock-out") == [KEPT]


def test_the_good_credential_after_it_is_not_counted(judge, wrong, refused):
    shut = refused(403, "IP_BLOCKED", details={"attemptsLeft": 5}, name="shut-out", fails="locked-out")
    assert judge(*wrong(1, 0), shut, about="lock-out") == [KEPT]


def test_wrong_credentials_in_other_stories_do_not_concern_it(judge, wrong):
    assert judge(*wrong(4, 4), about="credentials") == []
