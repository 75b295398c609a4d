"""Findings from one run to the next: new, fixed, unchanged, or not asked for again."""

from __future__ import annotations

import pytest

from errorcontract.drift.change import Fate


def fates(drift):
    [run] = drift.runs
    return {one.finding.id: one.fate.value for one in run.findings}


def change(drift):
    [run] = drift.runs
    [one] = run.findings
    return one


def test_a_finding_that_is_asked_for_and_not_seen_is_fixed(sample, journal, compared):
    drift = compared(journal(sample.finding(), sample.tally()), journal(sample.tally()))
    assert (change(drift).fate, drift.worse) == (Fate.FIXED, False)


def test_a_finding_that_comes_up_is_new_and_worse(sample, journal, compared):
    drift = compared(journal(sample.tally()), journal(sample.finding(), sample.tally()))
    assert (change(drift).fate, change(drift).worse, drift.worse) == (Fate.NEW, True, True)
    assert change(drift).remark == ""


def test_a_finding_of_both_runs_is_unchanged(sample, journal, compared):
    drift = compared(journal(sample.finding(), sample.tally()), journal(sample.finding(), sample.tally()))
    assert (change(drift).fate, drift.worse) == (Fate.UNCHANGED, False)


def test_what_the_new_run_did_not_ask_is_not_fixed(sample, journal, compared):
    found = journal(sample.finding(), sample.tally())
    unasked = {
        "no such question": [],
        "another operation": [sample.tally(operation="placeOrder")],
        "another family": [sample.tally(family="amount")],
        "the rule did not judge": [sample.tally(rules={"json-body": [12, 0]})],
        "the cause was not sent": [sample.tally(causes={})],
        "fewer cases of the cause, and some unsent": [
            sample.tally(
                causes={"invalid-phone": {"sent": 3, "answered": {}}},
                unsent=[{"case": "phone-4", "cause": "invalid-phone", "why": "the budget"}],
            )
        ],
    }
    for why, lines in unasked.items():
        assert change(compared(found, journal(*lines))).fate is Fate.NOT_ASKED, why


def test_a_question_has_its_name_wherever_the_suites_lie(sample, journal, compared):
    elsewhere = sample.tally("../site-packages/errorcontract/suites/test_phone.py::test_x[oneclickdz-sendTopUp]")
    assert change(compared(journal(sample.finding(), sample.tally()), journal(elsewhere))).fate is Fate.FIXED


def test_other_cases_that_were_unsent_do_not_keep_a_finding(sample, journal, compared):
    some = sample.tally(unsent=[{"case": "phone-99", "cause": "invalid-phone", "why": "the budget"}])
    assert change(compared(journal(sample.finding(), some), journal(some))).fate is Fate.FIXED


def test_a_run_that_was_cut_short_fixes_only_what_it_asked(sample, journal, compared):
    lookup = sample.tally("q2", family="lookup", operation="checkById", rules={"json-body": [9, 1]}, causes={})
    other = sample.finding("b2", rule="json-body", cause=None, operation="checkById", question="q2")
    old = journal(sample.finding(), other, sample.tally(), lookup)
    drift = compared(old, journal(lookup, ends=False))
    assert fates(drift) == {"3fa9c1d2e4b56078": "not asked", "b2": "fixed"}
    assert any("the new run is incomplete" in text for text in drift.runs[0].differs)


def test_a_new_finding_that_the_old_run_did_not_ask_for_says_so(sample, journal, compared):
    drift = compared(journal(), journal(sample.finding(), sample.tally()))
    assert change(drift).worse
    assert "did not ask" in change(drift).remark


@pytest.mark.parametrize(
    ("found", "about", "worse"),
    [
        ({"severity": "warning"}, {}, False),
        ({"severity": "warning"}, {"fail_on": "warning"}, True),
        ({"accepted": "known"}, {}, False),
    ],
)
def test_only_what_fails_a_run_is_worse(sample, journal, compared, found, about, worse):
    drift = compared(journal(sample.tally()), journal(sample.finding(**found), sample.tally(), **about))
    assert drift.worse is worse


def test_a_warning_that_became_an_error_is_worse(sample, journal, compared):
    mild = journal(sample.finding(severity="warning"), sample.tally())
    drift = compared(mild, journal(sample.finding(), sample.tally()))
    assert (change(drift).fate, drift.worse) == (Fate.UNCHANGED, True)
    assert not compared(journal(sample.finding(), sample.tally()), mild).worse


def test_an_acceptance_that_ended_is_no_drift_but_is_said(sample, journal, compared):
    known = journal(sample.finding(accepted="known"), sample.tally())
    drift = compared(known, journal(sample.finding(), sample.tally()))
    assert (change(drift).fate, drift.worse) == (Fate.UNCHANGED, False)
    assert change(drift).remark == "it was accepted, and is no more"
