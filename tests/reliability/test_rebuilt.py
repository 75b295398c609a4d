"""Reports that are made again from a journal, whole or cut anywhere, tell what the journal has."""

from __future__ import annotations

import json

import pytest

from errorcontract.cli import main
from errorcontract.embedded import Embedded

MADE = ("findings.json", "findings.sarif", "summary.md", "traffic.har")


@pytest.fixture(scope="module")
def ran(nursery, tmp_path_factory):
    """A run with many findings: a reference API that is held to the contract of another."""
    server = Embedded("http-guide")
    done = nursery.run(
        tmp_path_factory.mktemp("ran"),
        *("--target", server.url, "--contract", "oneclickdz", "--budget", "80", "-k", "test_bodies or test_routes"),
    )
    server.stop()
    return done


def again(folder, journal):
    """Make the reports of these bytes; the exit code."""
    folder.mkdir(exist_ok=True)
    (folder / "journal.ndjson").write_bytes(journal)
    return main(["report", str(folder / "journal.ndjson")])


def told(folder):
    [run] = json.loads((folder / "findings.json").read_text("utf-8"))["runs"]
    return run


def test_a_whole_journal_gives_the_same_reports(ran, tmp_path):
    assert again(tmp_path, (ran.folder / "journal.ndjson").read_bytes()) == 0
    for name in MADE:
        assert (tmp_path / name).read_bytes() == (ran.folder / name).read_bytes(), name


def test_a_journal_cut_after_any_finding_tells_those_that_came_before(ran, tmp_path):
    lines = (ran.folder / "journal.ndjson").read_bytes().splitlines(keepends=True)
    whole = {one["id"]: one for one in told(ran.folder)["findings"]}
    seen = []
    for number, line in enumerate(lines):
        if json.loads(line)["type"] != "finding":
            continue
        seen.append(json.loads(line)["id"])
        again(tmp_path, b"".join(lines[: number + 1]))
        run = told(tmp_path)
        assert not run["complete"]
        assert {one["id"] for one in run["findings"]} == set(seen)
        for one in run["findings"]:
            same = ("rule", "severity", "operation", "cause", "expected", "observed", "exchange", "curl")
            assert [one[name] for name in same] == [whole[one["id"]][name] for name in same]
    assert len(seen) > 3


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_journal_cut_in_a_line_says_so(ran, tmp_path, share, capsys):
    lines = (ran.folder / "journal.ndjson").read_bytes().splitlines(keepends=True)
    number = int(len(lines) * share)
    assert again(tmp_path, b"".join(lines[:number]) + lines[number][:-40]) == 1
    assert "problem: 1 line of the journal could not be read" in capsys.readouterr().out
    found = {json.loads(line)["id"] for line in lines[:number] if json.loads(line)["type"] == "finding"}
    assert {one["id"] for one in told(tmp_path)["findings"]} == found


def test_lines_that_are_garbage_are_counted_and_left_out(ran, tmp_path, capsys):
    journal = (ran.folder / "journal.ndjson").read_bytes()
    garbage = b"\0" * 5000 + b"\n[1]\n{}\n\xff\xfe\n" + b"[" * 100_000 + b"\nnull\n"
    assert again(tmp_path, garbage + journal + garbage) == 1
    assert "problem: 12 lines of the journal could not be read" in capsys.readouterr().out
    assert told(tmp_path)["findings"] == told(ran.folder)["findings"]


def test_a_run_that_was_not_begun_is_missed(ran, tmp_path, capsys):
    journal = (ran.folder / "journal.ndjson").read_bytes() + b'{"type":"planned","run":"another"}\n'
    again(tmp_path, journal)
    runs = {run["contract"]: run for run in json.loads((tmp_path / "findings.json").read_text("utf-8"))["runs"]}
    assert (runs["another"]["complete"], runs["another"]["why_incomplete"]) == (False, "it was not begun")
    assert runs["oneclickdz"]["complete"]
    assert "INCOMPLETE  another" in capsys.readouterr().out


def test_a_process_that_died_and_was_replaced_makes_the_run_incomplete(ran, tmp_path):
    lines = (ran.folder / "journal.ndjson").read_bytes().splitlines(keepends=True)
    again(tmp_path, b"".join(lines[: len(lines) // 2] + lines))
    run = told(tmp_path)
    assert not run["complete"]
    assert "a process of the run died" in run["why_incomplete"]
    assert {one["id"] for one in run["findings"]} == {one["id"] for one in told(ran.folder)["findings"]}
