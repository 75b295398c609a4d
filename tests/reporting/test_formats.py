"""The files that machines read."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from errorcontract.reporting import Report, findings_json, findings_schema, har, read_report, sarif, write_reports
from errorcontract.reporting.headers import joined

SCHEMAS = Path(__file__).parent / "schemas"
FINDINGS = jsonschema.Draft202012Validator(json.loads(findings_schema()))
HAR = jsonschema.Draft6Validator(
    json.loads((SCHEMAS / "har-1.2.schema.json").read_text("utf-8")),
    format_checker=jsonschema.Draft6Validator.FORMAT_CHECKER,
)
FILES = {"findings.json", "findings.sarif", "summary.md", "traffic.har"}
HOSTILE = (
    'a</script><script>alert(1)</script>\x00\x1b[31m\u202eevil\u2066 ٠٧٧٨ `x` |y| \ud800 "><img src=x onerror=alert(1)>'
)


def test_findings_json_has_every_fixed_member(report: Report) -> None:
    data = json.loads(findings_json.render(report))
    assert (data["schema"], set(data["tool"])) == (1, {"name", "version"})
    (run,) = data["runs"]
    assert set(run) >= {
        "contract",
        "target",
        "started",
        "finished",
        "seed",
        "complete",
        "stats",
        "coverage",
        "findings",
    }
    assert set(run["stats"]) == {"requests", "seconds", "by_status"}
    assert all(set(one) >= {"code", "status", "provokable", "provoked", "why_not"} for one in run["coverage"]["codes"])
    assert all(set(one) >= {"operation", "requests", "accepted", "rejected"} for one in run["coverage"]["operations"])
    assert all(set(one) >= {"rule", "judged", "broken"} for one in run["coverage"]["rules"])
    for one in run["findings"]:
        assert set(one) >= {
            "id",
            "rule",
            "severity",
            "operation",
            "cause",
            "summary",
            "expected",
            "observed",
            "provenance",
            "occurrences",
            "curl",
            "exchange",
        }
        assert set(one["exchange"]["request"]) >= {"method", "url", "headers", "body"}
        assert set(one["exchange"]["response"]) >= {"status", "headers", "body"}
        assert isinstance(one["exchange"]["seconds"], float)


def test_findings_json_puts_errors_first_and_says_the_basis(report: Report) -> None:
    found = json.loads(findings_json.render(report))["runs"][0]["findings"]
    assert [one["severity"] for one in found] == ["error", "error", "error", "warning", "warning"]
    assert found[0]["provenance"] == "documented: send page, field MSSIDN"
    assert [one["accepted"] for one in found][-1] == "the gateway is replaced in March"


def test_findings_json_keeps_to_its_published_schema(report: Report, sample: ModuleType, reads: Any) -> None:
    FINDINGS.check_schema(FINDINGS.schema)
    unanswered = sample.finding(exchange={"request": sample.request("{"), "response": None, "seconds": 1}, story=[])
    for told in (report, reads([]), reads([sample.run(), sample.exchange(1, status=None), unanswered])):
        FINDINGS.validate(json.loads(findings_json.render(told)))


def test_the_published_schema_names_every_member(report: Report) -> None:
    (run,) = json.loads(findings_json.render(report))["runs"]
    named = FINDINGS.schema["$defs"]
    assert set(run) == set(named["run"]["properties"])
    assert all(set(one) == set(named["finding"]["properties"]) for one in run["findings"])
    assert set(run["coverage"]) == set(named["coverage"]["properties"])
    for part in ("codes", "operations", "rules", "questions"):
        members = set(named["coverage"]["properties"][part]["items"]["properties"])
        assert all(set(one) == members for one in run["coverage"][part]), part


def test_a_document_that_lacks_a_fixed_member_is_against_the_schema(report: Report) -> None:
    data = json.loads(findings_json.render(report))
    del data["runs"][0]["findings"][0]["curl"]
    assert [error.message for error in FINDINGS.iter_errors(data)] == ["'curl' is a required property"]


def test_questions_and_operations_tell_what_they_cost(report: Report) -> None:
    (run,) = json.loads(findings_json.render(report))["runs"]
    first = run["coverage"]["questions"][0]
    assert (first["operation"], first["requests"], first["seconds"], first["unsent"]) == ("sendTopUp", 12, 0.31, 0)
    assert run["coverage"]["questions"][3]["unsent_causes"] == {"burst": 1}
    timings = {one["operation"]: one["timings"] for one in run["coverage"]["operations"]}
    assert timings["sendTopUp"] == {"count": 125, "median": 0.02, "p95": 0.02, "max": 0.02}
    assert timings["listPlans"] == {"count": 0, "median": None, "p95": None, "max": None}


def test_an_answer_is_timed_for_the_operation_it_came_from(sample: ModuleType, reads: Any) -> None:
    lines = [sample.exchange(1, to="getBalance", seconds=0.5), sample.exchange(2, to=None), sample.exchange(3)]
    (run,) = json.loads(findings_json.render(reads([sample.run(), *lines, sample.end()])))["runs"]
    timings = {one["operation"]: one["timings"]["count"] for one in run["coverage"]["operations"]}
    assert (timings["getBalance"], timings["sendTopUp"], timings["-"]) == (1, 1, 1)


def test_headers_of_one_name_are_joined() -> None:
    pairs = (("Vary", "Accept"), ("vary", "Origin"), ("Date", "now"))
    assert joined(pairs) == {"Vary": "Accept, Origin", "Date": "now"}


def test_hostile_text_comes_back_unchanged_from_findings_json(sample: ModuleType, reads: Any) -> None:
    text = findings_json.render(reads([sample.run(), sample.finding(summary=HOSTILE, got=HOSTILE)]))
    (one,) = json.loads(text.encode("utf-8"))["runs"][0]["findings"]
    assert (one["summary"], one["exchange"]["response"]["body"]) == (HOSTILE, HOSTILE)


def test_the_har_holds_every_exchange(journal: Path, tmp_path: Path) -> None:
    har.write(journal, tmp_path / "t.har")
    archive = json.loads((tmp_path / "t.har").read_text(encoding="utf-8"))
    HAR.validate(archive)
    log = archive["log"]
    assert (log["version"], log["creator"]["name"], len(log["entries"])) == ("1.2", "errorcontract", 126)
    first, last = log["entries"][0], log["entries"][-1]
    assert first["startedDateTime"].startswith("2026-11-22T")
    assert first["comment"].startswith("run oneclickdz | number 1 | family phone")
    assert first["request"]["postData"]["text"] == '{"MSSIDN":"0778037340"}'
    assert (last["response"]["status"], last["response"]["comment"]) == (0, "connection reset")


def test_the_har_carries_bytes_as_base64_and_odd_addresses(sample: ModuleType, tmp_path: Path) -> None:
    odd = {**sample.request("AP8=", path="/x?a=1&b=%FF&c=[::"), "base64": True}
    path = sample.write(
        tmp_path / "j", [sample.exchange(1, request=odd, response=sample.response(200, "AP8=", base64=True))]
    )
    har.write(path, tmp_path / "t.har")
    archive = json.loads((tmp_path / "t.har").read_text(encoding="utf-8"))
    HAR.validate(archive)
    (entry,) = archive["log"]["entries"]
    assert (entry["response"]["content"]["encoding"], entry["response"]["content"]["size"]) == ("base64", 2)
    assert "Base64" in entry["request"]["postData"]["comment"]
    assert entry["request"]["queryString"][0] == {"name": "a", "value": "1"}


def test_a_har_without_exchanges_is_still_one(sample: ModuleType, tmp_path: Path) -> None:
    har.write(sample.write(tmp_path / "j", [], tail="{"), tmp_path / "t.har")
    archive = json.loads((tmp_path / "t.har").read_text(encoding="utf-8"))
    HAR.validate(archive)
    assert archive["log"]["entries"] == []


def test_write_reports_writes_every_file_and_leaves_nothing_else(journal: Path, tmp_path: Path) -> None:
    report = write_reports(journal, tmp_path / "deep" / "out")
    assert {path.name for path in (tmp_path / "deep" / "out").iterdir()} == FILES
    assert report.problems == ()


def test_one_report_that_fails_stops_no_other(journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Report) -> str:
        raise RecursionError("too deep")

    monkeypatch.setattr(sarif, "render", fails)
    (tmp_path / "out" / "summary.md").mkdir(parents=True)
    report = write_reports(journal, tmp_path / "out")
    assert [problem.split(":")[0] for problem in report.problems] == [
        "findings.sarif could not be written",
        "summary.md could not be written",
    ]
    assert not list((tmp_path / "out").glob(".*"))
    assert (tmp_path / "out" / "findings.json").is_file()
    assert (tmp_path / "out" / "traffic.har").is_file()


def test_without_a_journal_the_problem_is_told_without_a_path(tmp_path: Path) -> None:
    report = write_reports(tmp_path / "journal.ndjson", tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES - {"traffic.har"}
    assert len(report.problems) == 2
    assert not any(os.sep in problem for problem in report.problems)


def test_hostile_journals_are_written_whole(sample: ModuleType, tmp_path: Path) -> None:
    big = "[" * 400_000 + HOSTILE + "]" * 400_000
    path = sample.write(
        tmp_path / "j",
        [
            sample.run(title=HOSTILE, target=HOSTILE),
            sample.exchange(1, body=big),
            sample.finding(HOSTILE, got=big, sent=HOSTILE, summary=HOSTILE, rule=HOSTILE),
        ],
    )
    assert write_reports(path, tmp_path / "out").problems == ()
    assert read_report(path).runs[0].findings[0].summary == HOSTILE
