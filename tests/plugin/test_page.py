"""The page of a whole run: its language, what pytest adds to it, and what a journal alone gives."""

from __future__ import annotations

import re

import pytest

from errorcontract.cli import main

FAULT = ("--contract", "oneclickdz", "--fault", "negative-amount-accepted", "--budget", "120")


def page_of(folder):
    return (folder / "report.html").read_text("utf-8")


def rebuilt(done, folder, *options):
    main(["report", str(done.folder / "journal.ndjson"), "--report-dir", str(folder), *options])
    return page_of(folder)


def test_the_page_tells_what_each_question_cost_and_is_the_same_when_the_journal_is_all_there_is(
    run, tmp_path, capsys
):
    done = run(*FAULT)
    assert done.code == pytest.ExitCode.TESTS_FAILED, done.text
    page = page_of(done.folder)
    spent = page[page.index("What the requests were spent on") : page.index(">Timings</h3>")]
    rows = re.findall(r'<th scope="row">.*?</tr>', spent)
    cost = [int(re.findall(r'<td class="n">([\d,]+)</td>', row)[0]) for row in rows]
    assert sum(cost) == sum(one["requests"] for one in done.run["coverage"]["questions"])
    assert 0 < sum(cost) <= 120
    assert rebuilt(done, tmp_path / "again") == page
    capsys.readouterr()


def test_the_page_is_arabic_where_that_is_asked_for_and_the_own_page_of_pytest_html_may_stand_elsewhere(
    run, tmp_path, capsys
):
    done = run(*FAULT, "--report-language", "ar", "--html", str(tmp_path / "own.html"))
    page = page_of(done.folder)
    assert '<html lang="ar" dir="rtl">' in page
    assert "إخلال بالعقد</h1>" in page
    assert "إخلال بالعقد" in (done.folder / "summary.md").read_text("utf-8")
    assert rebuilt(done, tmp_path / "again", "--report-language", "ar") == page
    own = (tmp_path / "own.html").read_text("utf-8")
    assert "results-table" in own
    assert "إخلال" not in own
    capsys.readouterr()


def test_an_unknown_language_is_refused(run):
    done = run(*FAULT, "--report-language", "fr")
    assert done.code == pytest.ExitCode.USAGE_ERROR
    assert "--report-language" in done.text
