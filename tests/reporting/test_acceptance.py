"""What reports say of the baseline: until when, what has expired, what is needed no more."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest

from errorcontract.reporting import findings_json, summary_lines, summary_md, whole_page

ID = "invalid-input-rejected-0123456789"
QUESTION = "phone/sendTopUp"


def entry(**more: Any) -> dict[str, Any]:
    return {"id": ID, "reason": "moves in March", "expires": "2027-03-31", "state": "accepted", **more}


def told(report: Any) -> Any:
    return json.loads(findings_json.render(report))["runs"][0]


def test_reason_and_day_stand_beside_the_finding_in_the_data(sample: ModuleType, reads: Any) -> None:
    found = sample.finding(ID, accepted="moves in March")
    run = told(reads([sample.run(baseline=[entry()]), found, sample.tally(), sample.end()]))
    assert run["findings"][0]["accepted"] == "moves in March"
    assert run["findings"][0]["accepted_until"] == "2027-03-31"
    assert run["findings"][0]["acceptance_expired"] is False
    assert run["baseline"] == [
        {"id": ID, "reason": "moves in March", "expires": "2027-03-31", "state": "accepted", "needed": True}
    ]


def test_what_expired_counts_again_and_every_report_says_so(sample: ModuleType, reads: Any) -> None:
    report = reads([sample.run(baseline=[entry(state="expired")]), sample.finding(ID), sample.tally(), sample.end()])
    run = told(report)
    assert (run["verdict"], run["findings"][0]["acceptance_expired"]) == ("BROKEN", True)
    said = f"{ID}, accepted until 2027-03-31, counts again: moves in March"
    assert said in "\n".join(summary_lines(report, "reports"))
    assert f"{said}\n" in summary_md.render(report).replace("\\", "")
    assert said in whole_page(report)


def test_what_ends_soon_is_called_to_mind(sample: ModuleType, reads: Any) -> None:
    found = sample.finding(ID, accepted="moves in March")
    report = reads([sample.run(baseline=[entry(state="ending")]), found, sample.tally(), sample.end()])
    assert f"{ID} is accepted until 2027-03-31 only" in "\n".join(summary_lines(report, "reports"))


@pytest.mark.parametrize(
    ("about", "lines", "needed"),
    [
        ({"question": QUESTION, "cause": "invalid-phone"}, [{}], False),
        ({"question": QUESTION, "cause": "invalid-phone"}, [], None),
        ({"question": QUESTION}, [{"rules": {"json-body": [12, 0]}}], None),
        ({"question": QUESTION, "cause": "burst"}, [{"unsent": [{"cause": "burst", "why": "the budget"}]}], None),
        ({"question": "amount/sendTopUp"}, [{}], None),
        ({"question": QUESTION, "contract": "shop"}, [{}], None),
        ({}, [{}], False),
        ({}, [{"rules": {"json-body": [12, 0]}}], None),
        ({}, [{"unsent": [{"cause": "burst", "why": "the budget"}]}], None),
    ],
)
def test_an_entry_is_needed_no_more_where_it_was_asked_for(
    sample: ModuleType, reads: Any, about: dict[str, str], lines: list[dict[str, Any]], needed: Any
) -> None:
    tallies = [sample.tally(**one) for one in lines]
    report = reads([sample.run(baseline=[entry(**about)], whole=True), *tallies, sample.end()])
    assert told(report)["baseline"][0]["needed"] is needed
    assert (f"no longer needed in the baseline: {ID}" in report.runs[0].notes) is (needed is False)


def test_a_run_of_chosen_questions_can_not_tell_of_an_entry_that_names_none(sample: ModuleType, reads: Any) -> None:
    chosen = reads([sample.run(baseline=[entry()], whole=False), sample.tally(), sample.end()])
    cut = reads([sample.run(baseline=[entry()], whole=True), sample.tally()])
    assert [told(report)["baseline"][0]["needed"] for report in (chosen, cut)] == [None, None]
