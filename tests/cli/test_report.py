"""`errorcontract report`: makes all reports again from a journal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errorcontract.cli import main

FILES = {"findings.json", "findings.sarif", "junit.xml", "summary.md", "traffic.har", "report.html"}
RUN = {"run": "shop", "type": "run", "target": "http://127.0.0.1:1", "tool": {"name": "errorcontract", "version": "1"}}
END = {"run": "shop", "type": "end", "complete": True, "seconds": 1.0}


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "run" / "journal.ndjson"
    path.parent.mkdir()
    path.write_text(f"{json.dumps(RUN)}\n{json.dumps(END)}\n", "utf-8")
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_report_is_made_beside_the_journal(journal, capsys):
    assert main(["report", str(journal)]) == 0
    assert names(journal.parent) == FILES | {"journal.ndjson"}
    assert json.loads((journal.parent / "findings.json").read_text("utf-8"))["runs"][0]["contract"] == "shop"
    assert f"report: {journal.parent}/report.html" in capsys.readouterr().out


def test_another_folder_is_made_where_it_is_missing(journal, tmp_path):
    assert main(["report", str(journal), "--report-dir", str(tmp_path / "new" / "folder")]) == 0
    assert names(tmp_path / "new" / "folder") == FILES
    assert names(journal.parent) == {"journal.ndjson"}


def test_the_page_stands_by_itself(journal):
    main(["report", str(journal)])
    page = (journal.parent / "report.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "INCOMPLETE" in page


def test_a_damaged_journal_gives_what_it_has_and_the_exit_code_1(journal, capsys):
    journal.write_text(journal.read_text("utf-8") + '{"run": "shop", "ty', "utf-8")
    assert main(["report", str(journal)]) == 1
    assert "problem: 1 line of the journal could not be read" in capsys.readouterr().out
    assert names(journal.parent) > FILES


def test_a_page_that_can_not_be_written_is_a_problem(journal, tmp_path, capsys):
    (tmp_path / "out" / "report.html" / "in the way").mkdir(parents=True)
    assert main(["report", str(journal), "--report-dir", str(tmp_path / "out")]) == 1
    assert "problem: report.html could not be written" in capsys.readouterr().out


def test_what_is_no_file_is_wrong_usage(tmp_path, capsys):
    assert main(["report", str(tmp_path)]) == 4
    assert "give the journal.ndjson of a run" in capsys.readouterr().err
