"""The journal, in whatever state a run left it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from types import ModuleType
from typing import Any

from errorcontract.model import Severity
from errorcontract.reporting import Report, Verdict, read_report


def test_a_whole_run_is_read(report: Report) -> None:
    (run,) = report.runs
    assert (report.tool.name, run.contract, run.made.target) == (
        "errorcontract",
        "oneclickdz",
        "http://127.0.0.1:8080/v3",
    )
    assert (run.requests, run.by_status["400"], run.by_status["no answer"]) == (126, 61, 1)
    assert (run.complete, run.seconds, run.verdict) == (True, 12.3, Verdict.BROKEN)


def test_a_torn_last_line_is_tolerated_and_told(sample: ModuleType, reads: Any) -> None:
    report = reads([sample.run(), sample.exchange(1)], tail='{"type":"finding","run":"oneclickdz","id":"9')
    assert report.problems == ("1 line of the journal could not be read",)
    assert report.runs[0].requests == 1


def test_a_run_without_an_end_is_incomplete(sample: ModuleType, reads: Any) -> None:
    (run,) = reads([sample.run(), sample.exchange(1), sample.exchange(11)]).runs
    assert (run.complete, run.why, run.finished) == (False, "the run ended without saying so", None)
    assert run.verdict is Verdict.INCOMPLETE
    assert run.seconds > 0


def test_an_incomplete_run_with_an_error_is_broken(sample: ModuleType, reads: Any) -> None:
    assert reads([sample.run(), sample.finding()]).verdict is Verdict.BROKEN


def test_a_run_that_judged_nothing_is_not_kept(sample: ModuleType, reads: Any) -> None:
    (run,) = reads([sample.run(), sample.end()]).runs
    assert (run.verdict, run.why_incomplete) == (Verdict.INCOMPLETE, "no exchange was judged")


def test_an_empty_journal_is_an_incomplete_report(reads: Any) -> None:
    assert reads([]).verdict is Verdict.INCOMPLETE


def test_interleaved_runs_are_kept_apart(sample: ModuleType, reads: Any) -> None:
    lines = [
        sample.run("a"),
        sample.run("b"),
        sample.exchange(1, name="b"),
        sample.finding(name="a"),
        sample.exchange(1, name="a"),
        sample.tally(name="b"),
        sample.end("a"),
        sample.exchange(2, name="b"),
        sample.end("b"),
    ]
    first, second = reads(lines).runs
    assert (first.contract, first.requests, len(first.findings), len(first.tallies)) == ("a", 1, 1, 0)
    assert (second.contract, second.requests, len(second.findings), len(second.tallies)) == ("b", 2, 0, 1)


def test_occurrences_are_counted_whatever_the_order(sample: ModuleType, reads: Any) -> None:
    lines = [
        sample.again("x", 7),
        sample.run(),
        sample.finding("x"),
        sample.again("x", 9),
        sample.finding("x", evidence=12),
    ]
    (found,) = reads(lines).runs[0].findings
    assert (found.occurrences, found.also) == (4, (7, 9, 12))


def test_the_exchange_that_shows_a_finding_is_found_in_its_story(sample: ModuleType, reads: Any) -> None:
    (found,) = reads([sample.run(), sample.finding()]).runs[0].findings
    assert (found.exchange.number, found.exchange.step, [one.number for one in found.story]) == (12, "send", [11, 12])


def test_a_finding_without_a_story_shows_its_exchange(sample: ModuleType, reads: Any) -> None:
    (found,) = reads([sample.run(), sample.finding(story=[], exchanges=[])]).runs[0].findings
    assert found.exchange.number == 12
    assert dict(found.exchange.request.headers)["Accept"] == "application/json"


def test_warnings_break_a_run_only_where_it_was_asked_for(sample: ModuleType, reads: Any) -> None:
    lines = [sample.exchange(1), sample.finding(severity="warning"), sample.end()]
    assert reads([sample.run(), *lines]).verdict is Verdict.KEPT
    assert reads([sample.run(fail_on="warning"), *lines]).verdict is Verdict.BROKEN


def test_accepted_findings_do_not_count(sample: ModuleType, reads: Any) -> None:
    (run,) = reads([sample.run(), sample.exchange(1), sample.finding(accepted="known"), sample.end()]).runs
    assert (run.verdict, run.count(Severity.ERROR), len(run.accepted_findings)) == (Verdict.KEPT, 0, 1)


def test_lines_of_unknown_type_and_without_a_run_harm_nothing(sample: ModuleType, reads: Any) -> None:
    report = reads([sample.run(), {"type": "weather", "run": "oneclickdz"}, {"type": "exchange"}, sample.end()])
    assert len(report.runs) == 1
    assert len(report.problems) == 1


def test_bytes_that_are_not_utf8_harm_nothing(sample: ModuleType, tmp_path: Path) -> None:
    path = sample.write(tmp_path / "j", [sample.run(), sample.finding(summary="SUMMARY")])
    path.write_bytes(path.read_bytes().replace(b"SUMMARY", b"\xff\xfe"))
    assert read_report(path).runs[0].findings[0].summary == "��"


def test_memory_does_not_grow_with_the_traffic(sample: ModuleType, tmp_path: Path) -> None:
    body = "x" * 60_000
    path = sample.write(
        tmp_path / "j", [sample.run(), *(sample.exchange(number, body=body) for number in range(400)), sample.end()]
    )
    tracemalloc.start()
    report = read_report(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert report.runs[0].requests == 400
    assert path.stat().st_size > 24_000_000
    assert peak < 3_000_000
