"""`errorcontract baseline`: takes findings in, drops those that are gone, lists."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from errorcontract.baseline import read
from errorcontract.cli import main

RUN = {"run": "shop", "type": "run", "target": "http://127.0.0.1:1", "title": "Shop", "whole": True}
END = {"run": "shop", "type": "end", "complete": True, "seconds": 1.0}
FAR = (date.today() + timedelta(days=100)).isoformat()  # noqa: DTZ011 - as the command reckons


def finding(name: str, operation: str = "order") -> dict[str, object]:
    about = {"rule": name.rpartition("-")[0], "operation": operation, "cause": "no-stock"}
    told = {"severity": "error", "summary": f"{name} is broken", "question": f"q[{operation}]"}
    return {"run": "shop", "type": "finding", "id": name, **about, **told}


def tally(operation: str = "order", rule: str = "code-status") -> dict[str, object]:
    about = {"question": f"q[{operation}]", "family": "stock", "operation": operation, "requests": 3}
    causes = {"no-stock": {"sent": 3, "answered": {}}}
    return {"run": "shop", "type": "tally", "rules": {rule: [3, 1]}, "causes": causes, **about}


@pytest.fixture
def journal(tmp_path: Path):
    def written(*lines: dict[str, object], name: str = "journal.ndjson") -> str:
        text = "".join(json.dumps(line) + "\n" for line in (RUN, *lines, END))
        (tmp_path / name).write_text(text, "utf-8")
        return str(tmp_path / name)

    return written


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "accepted.yaml"


def test_every_finding_of_a_run_is_taken_in_with_what_it_is_about(journal, file, capsys):
    found = journal(finding("code-status-1"), finding("code-status-2"), tally())
    assert main(["baseline", str(file), "--from", found, "--reason", "known", "--expires", FAR]) == 0
    first, second = read(file)
    assert (first.id, first.reason, first.expires) == ("code-status-1", "known", date.fromisoformat(FAR))
    assert (first.contract, first.operation, first.cause, first.question) == (
        "shop",
        "order",
        "no-stock",
        "stock/order",
    )
    assert first.summary == "code-status-1 is broken"
    assert second.id == "code-status-2"
    assert capsys.readouterr().out.endswith(f"{file}: 2 entries\n")


def test_only_new_ones_are_taken_in_and_the_rest_stays_as_it_is(journal, file):
    main(["baseline", str(file), "--from", journal(finding("code-status-1"), tally()), "--reason", "first"])
    found = journal(finding("code-status-2"), finding("code-status-1"), tally())
    assert main(["baseline", str(file), "--from", found, "--reason", "second"]) == 0
    assert [(one.id, one.reason) for one in read(file)] == [("code-status-1", "first"), ("code-status-2", "second")]


def test_a_single_one_can_be_taken_in_or_given_another_reason(journal, file, capsys):
    found = journal(finding("code-status-1"), finding("code-status-2"), tally())
    options = ["baseline", str(file), "--from", found, "--id", "code-status-2"]
    assert main([*options, "--reason", "first"]) == 0
    assert main([*options, "--reason", "second", "--expires", FAR]) == 0
    assert [(one.id, one.reason, str(one.expires)) for one in read(file)] == [("code-status-2", "second", FAR)]
    assert "changed: code-status-2" in capsys.readouterr().out


def test_what_was_asked_for_and_not_found_is_pruned(journal, file, capsys):
    elsewhere = finding("code-status-3", "pay"), tally("pay")
    found = journal(finding("code-status-1"), finding("code-status-2"), tally(), *elsewhere)
    main(["baseline", str(file), "--from", found, "--reason", "known"])
    first = "  - id: code-status-1"
    file.write_text(file.read_text("utf-8").replace(first, f"  # stays\n{first}"), "utf-8")
    later = journal(finding("code-status-1"), tally(), name="later.ndjson")
    assert main(["baseline", str(file), "--from", later, "--prune"]) == 0
    assert [one.id for one in read(file)] == ["code-status-1", "code-status-3"]
    told = capsys.readouterr().out
    assert "dropped, as it is no longer found: code-status-2" in told
    assert "kept, as the run did not ask for it: code-status-3" in told
    assert "  # stays\n" in file.read_text("utf-8")


def test_without_a_run_the_entries_are_listed(journal, file, capsys):
    file.write_text("accepted:\n- {id: a-1, reason: known}\n- {id: b-1, reason: over, expires: 2020-01-01}\n")
    assert main(["baseline", str(file)]) == 0
    assert capsys.readouterr().out == "a-1  for good  known\nb-1  EXPIRED on 2020-01-01  over\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--from", "RUN"], "say why these findings are accepted"),
        (["--from", "RUN", "--reason", "  "], "say why these findings are accepted"),
        (["--from", "RUN", "--reason", "r", "--expires", "31.01.2027"], "is no day"),
        (["--from", "RUN", "--reason", "r", "--expires", "2020-01-01"], "is over already"),
        (["--from", "RUN", "--reason", "r", "--id", "code-statos-1"], "did you mean 'code-status-1'?"),
        (["--from", "RUN", "--reason", "r", "--prune"], "can't be combined"),
        (["--reason", "r"], "name the run"),
        (["--prune"], "name the run"),
        (["--from", "none", "--reason", "r"], "is not there"),
        ([], "is missing"),
    ],
)
def test_wrong_usage_is_refused_and_writes_nothing(journal, file, capsys, arguments, told):
    run = journal(finding("code-status-1"), tally())
    assert main(["baseline", str(file), *(run if one == "RUN" else one for one in arguments)]) == 4
    assert told in capsys.readouterr().err
    assert not file.exists()


def test_a_wrong_file_is_refused_and_left_alone(journal, file, capsys):
    file.write_text("accepted:\n- id: a-1\n")
    assert main(["baseline", str(file), "--from", journal(finding("code-status-1")), "--reason", "r"]) == 4
    assert "accepted.yaml:2: accepted[0].reason: is missing" in capsys.readouterr().err
    assert file.read_text() == "accepted:\n- id: a-1\n"


def test_a_hostile_summary_is_written_and_listed_tamely(journal, file, capsys):
    acts = {"summary": '"\n::error::x \x1b[2J \u202e: # - [', "operation": "\x00\n- id: x"}
    hostile = finding("code-status-1") | acts
    assert main(["baseline", str(file), "--from", journal(hostile, tally()), "--reason", "known"]) == 0
    assert main(["baseline", str(file)]) == 0
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert not any(line.lstrip().startswith("::") for line in told.splitlines())
    assert [one.id for one in read(file)] == ["code-status-1"]
