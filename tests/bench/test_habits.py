"""What a client did is read from the files of its audit, and stands in a table of the documents."""

from __future__ import annotations

import json

import pytest
from client_habits import CLIENTS, programs
from habits import about, habits
from habits_table import END, START, put_in, table


def attempt(case, method, status):
    response = {"status": status} if status else None
    return {"type": "exchange", "case": case, "request": {"method": method}, "response": response}


ATTEMPTS = [
    *[attempt("code-NO_BALANCE", method, 403) for method in ("GET", "POST", "POST")],
    attempt("code-ERR_PHONE", "GET", 400),
    *[attempt("503-forever", "GET", 503) for _ in range(4)],
    attempt("503-forever", "POST", 503),
    *[attempt("lost-forever", "POST", None) for _ in range(2)],
    *[attempt("429-seconds", "GET", status) for status in (429, 200)],
    attempt("429-date", "GET", 429),
]
LATE = {"rule": "honours-delay", "severity": "warning", "cause": "429-seconds"}


@pytest.fixture
def report(tmp_path):
    def written(*findings):
        lines = [{"type": "run"}, *ATTEMPTS]
        (tmp_path / "journal.ndjson").write_text("\n".join(map(json.dumps, lines)), "utf-8")
        run = {"findings": findings, "stats": {"seconds": 12.0}}
        (tmp_path / "findings.json").write_text(json.dumps({"runs": [run]}), "utf-8")
        return tmp_path

    return written


@pytest.fixture
def program():
    return about(CLIENTS / "python" / "requests_default.py", {"requests": "2.1", "urllib3": "2.0"})


def test_attempts_are_counted_by_method(report, program):
    found = habits(program, report())
    assert (found.refused_again, found.unavailable, found.lost) == ((2, 0, 1), (4, 1), (0, 2))


def test_a_wait_is_kept_or_too_short_or_there_is_no_second_attempt(report, program):
    assert habits(program, report()).waits == {"429-seconds": "waits", "429-date": "does not ask again"}
    assert habits(program, report(LATE)).waits["429-seconds"] == "too early"


def test_the_worst_severity_of_a_rule_counts(report, program):
    found = habits(program, report(LATE, LATE | {"severity": "error"}, LATE))
    assert found.findings == {"honours-delay": "error"}


def test_the_table_takes_the_place_of_the_last_one(report, program):
    text = table([habits(program, report(LATE))])
    document = f"before\n{START}\nold\n{END}\nafter\n"
    once = put_in(document, text)
    assert "| requests 2.1, urllib3 2.0 |" in once
    assert "old" not in once
    assert put_in(once, text) == once


def test_a_document_without_a_place_for_it_is_refused():
    with pytest.raises(ValueError, match="no place"):
        put_in("nothing", "table")


class AnyVersion(dict):
    def __missing__(self, name):
        return "0"


def test_each_program_names_libraries_that_are_installed_for_it():
    files = ("python/requirements.txt", "python/requirements-niquests.txt", "node/package.json")
    wanted = "".join((CLIENTS / name).read_text("utf-8") for name in files)
    for path in programs():
        libraries = [name.removesuffix(" 0") for name in about(path, AnyVersion()).libraries.split(", ")]
        assert all(name in wanted for name in libraries), path.name
