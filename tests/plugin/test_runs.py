"""Whole runs, each in a process of its own: exit codes, files, selection, several processes, interruptions."""

from __future__ import annotations

import json
import re
import time

import pytest
from errorcontract.fixtures.reference_api import load

FILES = {"report.html", "findings.json", "junit.xml", "findings.sarif", "summary.md", "traffic.har", "journal.ndjson"}
CONTRACT = ("--contract", "oneclickdz")
FAULT = (*CONTRACT, "--fault", "negative-amount-accepted", "--budget", "120")
WARNED = next(
    fault for fault in load("oneclickdz").faults if fault.rule == "request-id-format" and fault.severity == "warning"
)


def baseline(path, ids, **more):
    path.write_text(json.dumps({"accepted": [{"id": name, "reason": "known since May", **more} for name in ids]}))
    return ("--baseline", str(path))


def shape_of_a_finding(finding):
    assert {
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
    } <= finding.keys()
    assert {"request", "response", "seconds"} <= finding["exchange"].keys()
    assert {"method", "url", "headers", "body"} <= finding["exchange"]["request"].keys()
    assert {"status", "headers", "body"} <= finding["exchange"]["response"].keys()
    assert re.fullmatch(rf"{finding['rule']}-[0-9a-f]{{10}}", finding["id"])
    assert finding["severity"] in {"error", "warning"}
    assert finding["occurrences"] >= 1


def test_a_conforming_api_passes_and_every_report_is_written(run):
    done = run(*CONTRACT, "--budget", "200")
    assert done.code == pytest.ExitCode.OK, done.text
    assert {path.name for path in done.folder.iterdir()} >= FILES
    assert all((done.folder / name).stat().st_size > 0 for name in FILES)
    assert (done.findings["schema"], done.findings["tool"]["name"]) == (1, "errorcontract")
    told = done.run
    assert {
        "contract",
        "target",
        "started",
        "finished",
        "seed",
        "complete",
        "stats",
        "coverage",
        "findings",
    } <= told.keys()
    assert (told["contract"], told["complete"], told["findings"], told["seed"]) == ("oneclickdz", True, [], 0)
    assert {"requests", "seconds", "by_status"} <= told["stats"].keys()
    assert told["stats"]["requests"] == sum(told["stats"]["by_status"].values()) == done.count("exchange") <= 200
    coverage = told["coverage"]
    assert {"code", "status", "provokable", "provoked", "why_not"} <= coverage["codes"][0].keys()
    assert {"operation", "requests", "accepted", "rejected"} <= coverage["operations"][0].keys()
    assert {"rule", "judged", "broken"} <= coverage["rules"][0].keys()
    page = (done.folder / "report.html").read_text("utf-8")
    assert not re.findall(r"""<(?:script|link|img)[^>]+(?:src|href)=["']https?:""", page)


def test_a_fault_fails_the_run_with_the_rule_and_a_command(run):
    done = run(*FAULT)
    assert done.code == pytest.ExitCode.TESTS_FAILED
    assert "ERROR invalid-input-rejected" in done.text
    assert "curl " in done.text
    assert "invalid-input-rejected" in {finding["rule"] for finding in done.run["findings"]}
    assert done.run["complete"]
    for finding in done.run["findings"]:
        shape_of_a_finding(finding)
    assert done.count("exchange") <= 120


def test_the_same_run_gives_the_same_findings(run):
    first = sorted(run(*FAULT).ids)
    assert first
    assert sorted(run(*FAULT).ids) == first


def test_a_fault_that_the_preparation_shows_fails_the_run_too(run):
    done = run(*CONTRACT, "--fault", "balance-as-text", "--budget", "40")
    assert [finding["rule"] for finding in done.run["findings"] if finding["severity"] == "error"] == ["success-data"]
    assert done.code == pytest.ExitCode.TESTS_FAILED
    assert "ERROR success-data" in done.text


def test_a_warning_fails_the_run_only_if_asked_to(run):
    options = (*CONTRACT, "--fault", WARNED.name, "--budget", "40")
    done = run(*options)
    assert (done.code, {finding["severity"] for finding in done.run["findings"]}) == (pytest.ExitCode.OK, {"warning"})
    assert run(*options, "--fail-on", "warning").code == pytest.ExitCode.TESTS_FAILED


def test_findings_of_the_baseline_do_not_fail_the_run(run, tmp_path):
    ids = run(*FAULT).ids
    done = run(*FAULT, *baseline(tmp_path / "baseline.json", ids))
    assert done.code == pytest.ExitCode.OK
    assert sorted(done.ids) == sorted(ids)
    assert "known since May" in (done.folder / "findings.json").read_text("utf-8")
    expired = run(*FAULT, *baseline(tmp_path / "baseline.json", ids, expires="2020-01-01"))
    assert expired.code == pytest.ExitCode.TESTS_FAILED
    assert f"{ids[0]}, accepted until 2020-01-01, counts again: known since May" in expired.text
    assert run(*FAULT, *baseline(tmp_path / "baseline.json", ["other-0123456789"])).code == pytest.ExitCode.TESTS_FAILED


def families(done):
    return {line["family"] for line in done.lines if line["type"] == "exchange"} - {"preparation"}


def test_questions_can_be_selected_with_k_and_m(run):
    assert families(run(*CONTRACT, "-k", "routes")) == {"routes"}
    done = run(*CONTRACT, "-k", "recipes and placeGiftCardOrder", "-m", "asks")
    assert done.code == pytest.ExitCode.OK
    assert families(done) == {"recipes"}
    assert {line["operation"] for line in done.lines if line["type"] == "exchange" and line["family"] == "recipes"} <= {
        "placeGiftCardOrder"
    }


def test_a_selected_module_runs_alone(run):
    done = run(*CONTRACT, "--budget", "60", what=("--pyargs", "errorcontract.suites.test_routes"))
    assert (done.code, families(done)) == (pytest.ExitCode.OK, {"routes"})


def test_nothing_selected_is_no_success(run):
    done = run("-k", "no_such_question")
    assert done.code == pytest.ExitCode.NO_TESTS_COLLECTED
    assert done.findings["runs"] == []


def test_two_processes_find_the_same_within_the_same_budget_and_write_once(run):
    alone = run(*FAULT)
    shared = run(*FAULT, "-n", "2")
    assert shared.code == alone.code == pytest.ExitCode.TESTS_FAILED, shared.text
    assert sorted(shared.ids) == sorted(alone.ids)
    assert shared.count("exchange") <= 120
    assert (shared.count("run"), shared.count("end")) == (1, 1)
    assert {path.name for path in shared.folder.iterdir()} == {path.name for path in alone.folder.iterdir()}


def test_the_budget_counts_every_request_that_reaches_the_target(run, reference):
    done = run("--target", reference(), *CONTRACT, "--budget", "50")
    assert done.code == pytest.ExitCode.OK, done.text
    assert 40 < done.count("exchange") <= 50
    assert done.run["target"].startswith("http://127.0.0.1:")
    assert not done.run["embedded"]


@pytest.mark.parametrize("budget", ["1", "3"])
def test_a_budget_for_next_to_nothing_is_kept(run, budget):
    done = run(*CONTRACT, "--budget", budget)
    assert done.code == pytest.ExitCode.OK, done.text
    assert done.count("exchange") <= int(budget)


def test_no_report_holds_the_credential(run, reference):
    url = reference("--choice", "key-in-clear", "--fault", "wrong-key-in-message")
    done = run("--target", url, *CONTRACT, "--budget", "150", env={"ERRORCONTRACT_TOKEN": "sandbox-key"})
    assert "secret-not-echoed" in {finding["rule"] for finding in done.run["findings"]}
    assert "sandbox-key" not in done.text
    assert not [path.name for path in done.folder.iterdir() if b"sandbox-key" in path.read_bytes()]


def lines_of(process, folder, wanted):
    """Wait until the journal has that many exchanges, or the run has ended."""
    journal = folder / "journal.ndjson"
    while process.poll() is None:
        if journal.exists() and journal.read_text("utf-8").count('"type":"exchange"') >= wanted:
            return
        time.sleep(0.05)
    pytest.fail(f"the run ended early: {process.stdout.read()}")


@pytest.fixture
def slow(start, tmp_path):
    """A run that is under way and goes on for long."""

    def started(*options):
        folder = tmp_path / "told"
        process = start(
            "--pyargs", "errorcontract.suites", "--report-dir", str(folder), "--rate", "10/second", *options
        )
        lines_of(process, folder, 8)
        return process, folder

    return started


def incomplete(folder):
    [told] = json.loads((folder / "findings.json").read_text("utf-8"))["runs"]
    assert {path.name for path in folder.iterdir()} >= FILES
    assert told["complete"] is False
    assert told["why_incomplete"]
    assert told["stats"]["requests"] >= 8
    return told


def test_an_interrupted_run_leaves_reports_that_say_so(slow, interrupt):
    process, folder = slow(*CONTRACT)
    interrupt(process)
    process.communicate(timeout=60)
    assert process.returncode == pytest.ExitCode.INTERRUPTED
    incomplete(folder)


def test_a_target_that_goes_away_ends_the_run_and_is_no_finding(slow, start, tmp_path):
    from errorcontract.embedded import Embedded  # noqa: PLC0415

    embedded = Embedded("oneclickdz")
    process, folder = slow("--target", embedded.url, "--request-timeout", "3", *CONTRACT)
    embedded.stop()
    text, _ = process.communicate(timeout=120)
    assert process.returncode == pytest.ExitCode.INTERRUPTED, text
    assert "went away" in text
    assert "went away" in incomplete(folder)["why_incomplete"]


def test_reports_go_to_a_folder_of_the_working_directory_by_default(start, tmp_path):
    process = start("--pyargs", "errorcontract.suites.test_recipes", *CONTRACT)
    text, _ = process.communicate(timeout=120)
    assert process.returncode == pytest.ExitCode.OK, text
    assert {path.name for path in (tmp_path / "empty" / "reports").iterdir()} >= FILES


def test_a_session_about_other_tests_is_left_alone(pytester):
    pytester.makepyfile("def test_something(): pass")
    result = pytester.runpytest_subprocess("-p", "errorcontract.plugin")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*errorcontract =*")
    assert not (pytester.path / "reports").exists()


def test_a_test_of_ones_own_beside_the_suites_asks_no_target(pytester):
    pytester.makepyfile("def test_it(promises): pass")
    result = pytester.runpytest("-p", "errorcontract.plugin")
    assert result.ret != pytest.ExitCode.OK
    assert not (pytester.path / "reports").exists()


def test_the_command_line_of_a_run_stands_in_its_record(run):
    done = run(*FAULT, "-k", "recipes")
    assert "--fault negative-amount-accepted" in done.run["command"]
    assert done.run["fault"] == "negative-amount-accepted"


def test_a_file_of_ones_own_asks_the_contract_that_is_named(run, tmp_path):
    own = tmp_path / "test_own.py"
    own.write_text(
        "import pytest\n\n\n@pytest.mark.asks('routes')\ndef test_mine(promises):\n    promises.assert_kept()\n",
        "utf-8",
    )
    done = run(*CONTRACT, what=[str(own)])
    assert done.code == 0, done.text
    assert done.run["stats"]["requests"] > 0


def test_a_target_that_is_no_such_api_is_told_first(run, counting):
    done = run("--target", counting.url, *CONTRACT, "--budget", "60")
    assert done.code == 1, done.text
    assert "this does not look like the API of the contract" in done.run["lead"]
    summary = done.text.partition("= errorcontract =")[2].splitlines()[1]
    assert "this does not look like the API of the contract" in summary
