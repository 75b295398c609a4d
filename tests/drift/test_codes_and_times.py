"""Codes and times from one run to the next."""

from __future__ import annotations

import pytest

from errorcontract.drift.change import Move

PHONE = {"invalid-phone": {"sent": 11, "answered": {}}}


def codes(drift):
    [run] = drift.runs
    return {one.code: (one.move, one.worse) for one in run.codes}


def seen(sample, sent=11, **came):
    return sample.tally(codes=came, causes={"invalid-phone": {"sent": sent, "answered": dict.fromkeys(came, 1)}})


def test_a_code_that_was_never_seen_before_is_newly_seen_and_not_worse(sample, journal, compared):
    drift = compared(journal(seen(sample)), journal(seen(sample, ERR_VALIDATION={"400": 3})))
    assert codes(drift) == {"ERR_VALIDATION": (Move.SEEN, False)}


def test_a_code_that_came_no_more_though_it_was_asked_for_is_gone(sample, journal, compared):
    drift = compared(journal(seen(sample, ERR_VALIDATION={"400": 3})), journal(seen(sample)))
    assert codes(drift) == {"ERR_VALIDATION": (Move.GONE, True)}
    assert drift.worse


@pytest.mark.parametrize("sent", [0, 2])
def test_a_code_that_was_hardly_asked_for_is_not_gone(sample, journal, compared, sent):
    drift = compared(journal(seen(sample, ERR_VALIDATION={"400": 3})), journal(seen(sample, sent=sent)))
    assert (codes(drift), drift.worse) == ({"ERR_VALIDATION": (Move.NOT_ASKED, False)}, False)


def test_a_code_whose_question_was_put_in_part_is_not_gone(sample, journal, compared):
    left = sample.tally(codes={}, unsent=[{"case": "phone-9", "cause": "invalid-phone", "why": "the budget"}])
    drift = compared(journal(seen(sample, ERR_VALIDATION={"400": 3})), journal(left))
    assert codes(drift) == {"ERR_VALIDATION": (Move.NOT_ASKED, False)}


def test_an_alias_that_came_in_its_place_is_no_worse(sample, journal, compared):
    def key(code):
        causes = {"bad-key": {"sent": 11, "answered": {code: 11}}}
        return sample.tally(codes={code: {"401": 11}}, causes=causes)

    drift = compared(journal(key("ERR_AUTH")), journal(key("INVALID_ACCESS_TOKEN")))
    assert codes(drift) == {"ERR_AUTH": (Move.GONE, False), "INVALID_ACCESS_TOKEN": (Move.SEEN, False)}


def test_a_code_under_a_status_that_is_not_promised_moved_for_the_worse(sample, journal, compared):
    old = journal(seen(sample, ERR_VALIDATION={"400": 3}))
    drift = compared(old, journal(seen(sample, ERR_VALIDATION={"422": 3})))
    assert codes(drift) == {"ERR_VALIDATION": (Move.MOVED, True)}
    [one] = drift.runs[0].codes
    assert (one.before, one.after) == (("400",), ("422",))


def test_a_code_that_came_back_to_its_promised_status_is_better(sample, journal, compared):
    old = journal(seen(sample, ERR_VALIDATION={"422": 3}))
    drift = compared(old, journal(seen(sample, ERR_VALIDATION={"400": 3})))
    assert codes(drift) == {"ERR_VALIDATION": (Move.MOVED, False)}


def test_where_no_status_is_promised_only_a_whole_move_is_worse(sample, journal, compared):
    old = journal(seen(sample, ERR_STOCK={"500": 3}))
    assert compared(old, journal(seen(sample, ERR_STOCK={"409": 3}))).worse
    assert not compared(old, journal(seen(sample, ERR_STOCK={"409": 3, "500": 1}))).worse


def test_the_same_statuses_are_no_change_however_often_they_came(sample, journal, compared):
    old = journal(seen(sample, ERR_VALIDATION={"400": 3, "422": 1}))
    assert codes(compared(old, journal(seen(sample, ERR_VALIDATION={"400": 90})))) == {}


def test_a_code_of_no_catalogue_is_told_and_not_judged(sample, journal, compared):
    drift = compared(journal(seen(sample)), journal(seen(sample, E_TEAPOT={"418": 1})))
    assert codes(drift) == {"E_TEAPOT": (Move.SEEN, False)}


def test_a_status_beside_the_promised_one_is_told_and_left_to_the_findings(sample, journal, compared):
    old = journal(seen(sample, ERR_VALIDATION={"400": 3}))
    drift = compared(old, journal(seen(sample, ERR_VALIDATION={"400": 3, "413": 1})))
    assert codes(drift) == {"ERR_VALIDATION": (Move.MOVED, False)}


def test_what_another_question_shows_is_no_change(sample, journal, compared):
    bodies = sample.tally("q2", family="bodies", codes={"ERR_VALIDATION": {"413": 1}, "NOT_FOUND": {"404": 1}})
    phone = seen(sample, ERR_VALIDATION={"400": 3})
    drift = compared(journal(phone), journal(phone, bodies))
    assert codes(drift) == {"NOT_FOUND": (Move.SEEN, False)}
    assert drift.runs[0].codes[0].remark == "the old run did not ask for it"
    assert "questions: 0 that only the old run put, 1 that only the new one put" in drift.runs[0].differs
    back = compared(journal(phone, bodies), journal(phone))
    assert codes(back) == {"NOT_FOUND": (Move.NOT_ASKED, False)}


def timed(sample, *seconds):
    return [sample.exchange(number, seconds=one) for number, one in enumerate(seconds, 1)]


def slower(drift):
    [run] = drift.runs
    return [one.operation for one in run.slower]


def test_an_operation_that_takes_much_longer_is_slower(sample, journal, compared):
    old, new = journal(*timed(sample, *[0.1] * 30)), journal(*timed(sample, *[0.4] * 30))
    drift = compared(old, new)
    assert (slower(drift), drift.slower, drift.worse) == (["sendTopUp"], True, False)
    [one] = drift.runs[0].slower
    assert (one.before.median, one.after.median, one.before.answers) == (0.1, 0.4, 30)
    assert slower(compared(new, old)) == []


def test_a_slow_tail_is_slower_too(sample, journal, compared):
    old, new = journal(*timed(sample, *[0.1] * 30)), journal(*timed(sample, *[0.1] * 27, 2.0, 2.0, 2.0))
    assert slower(compared(old, new)) == ["sendTopUp"]


@pytest.mark.parametrize(
    ("before", "after", "answers"),
    [(0.1, 0.13, 30), (0.001, 0.004, 30), (0.1, 0.4, 5)],
    ids=["ratio", "seconds", "few"],
)
def test_what_may_be_chance_is_not_slower(sample, journal, compared, before, after, answers):
    old, new = (journal(*timed(sample, *[one] * answers)) for one in (before, after))
    drift = compared(old, new)
    assert slower(drift) == []
    assert drift.runs[0].untimed == (1 if answers == 5 else 0)


def test_the_thresholds_can_be_others(sample, journal, compared):
    old, new = (journal(*timed(sample, *[one] * 5)) for one in (0.001, 0.004))
    assert slower(compared(old, new, times=3, seconds=0.002, answers=5)) == ["sendTopUp"]
    assert slower(compared(old, new, times=5, seconds=0.002, answers=5)) == []


def test_requests_without_an_answer_are_not_timed(sample, journal, compared):
    lost = [sample.exchange(number, status=None, seconds=30.0) for number in range(50, 80)]
    old, new = journal(*timed(sample, *[0.1] * 30)), journal(*timed(sample, *[0.1] * 30), *lost)
    assert slower(compared(old, new)) == []
