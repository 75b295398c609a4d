"""`errorcontract diff` and `errorcontract schema`, as they are given."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from errorcontract.cli import main

START = {"type": "run", "target": "http://127.0.0.1:1", "title": "Shop"}
END = {"type": "end", "complete": True, "seconds": 1.0}
TALLY = {"type": "tally", "question": "q", "family": "stock", "operation": "order", "rules": {"code-status": [3, 1]}}
FINDING = {"type": "finding", "id": "code-status-1", "rule": "code-status", "severity": "error", "question": "q"}


@pytest.fixture
def folder(tmp_path: Path):
    def written(name: str, *lines: dict[str, object], contract: str = "shop") -> str:
        (tmp_path / name).mkdir()
        text = "".join(json.dumps({"run": contract, **line}) + "\n" for line in (START, *lines, END))
        (tmp_path / name / "journal.ndjson").write_text(text, "utf-8")
        return str(tmp_path / name)

    return written


def timed(seconds: float) -> list[dict[str, object]]:
    response = {"status": 200, "headers": [], "body": ""}
    return [{"type": "exchange", "operation": "order", "seconds": seconds, "response": response} for _ in range(25)]


def test_the_exit_code_says_whether_something_got_worse(folder, capsys):
    old, new = folder("old", TALLY), folder("new", FINDING, TALLY)
    assert main(["diff", old, new]) == 1
    assert capsys.readouterr().out.startswith(f"WORSE  {old} -> {new}\n")
    assert main(["diff", new, old]) == 0
    assert "1 fixed" in capsys.readouterr().out


def test_slower_alone_fails_only_where_it_is_asked_to(folder):
    old, new = folder("old", *timed(0.1)), folder("new", *timed(0.5))
    assert main(["diff", old, new]) == 0
    assert main(["diff", old, new, "--fail-on-slower"]) == 1
    assert main(["diff", old, new, "--fail-on-slower", "--slower-times", "9"]) == 0
    assert main(["diff", old, new, "--fail-on-slower", "--slower-seconds", "9"]) == 0
    assert main(["diff", old, new, "--fail-on-slower", "--slower-answers", "99"]) == 0


@pytest.mark.parametrize(("form", "begins"), [("text", "WORSE"), ("markdown", "# Error contract"), ("json", "{")])
def test_it_is_told_in_three_forms(folder, capsys, form, begins):
    assert main(["diff", folder("old", TALLY), folder("new", FINDING, TALLY), "--format", form]) == 1
    assert capsys.readouterr().out.startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["OLD", "none"], "is not there"),
        (["OLD", "OTHER"], "nothing to compare"),
        (["OLD", "OLD", "--slower-times", "0.5"], "--slower-times must be 1 or more"),
        (["OLD", "OLD", "--slower-answers", "0"], "--slower-answers must be 1 or more"),
        (["OLD", "OLD", "--slower-seconds", "nan"], "--slower-seconds must be 0 or more"),
    ],
)
def test_wrong_usage_has_an_exit_code_of_its_own(folder, capsys, arguments, told):
    named = {"OLD": folder("old", TALLY), "OTHER": folder("other", contract="blog")}
    assert main(["diff", *(named.get(one, one) for one in arguments)]) == 4
    assert told in capsys.readouterr().err


def test_the_schema_of_findings_is_printed(capsys):
    assert main(["schema"]) == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))
