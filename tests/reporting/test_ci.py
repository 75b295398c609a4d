"""What CI servers are told in their own words, and that a target can't speak them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from errorcontract.reporting import Report, summary_lines
from errorcontract.reporting.ci import CHOICES, Server, github, gitlab, server_of
from errorcontract.reporting.text import printed

FORGED = "x\n::error::forged\r\n  ::stop-commands::a\n##[error]forged\nok ##vso[task.complete]\n::add-mask::the"
COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)


@pytest.mark.parametrize(
    ("choice", "variables", "server"),
    [
        ("auto", {"GITHUB_ACTIONS": "true"}, Server.GITHUB),
        ("auto", {"GITLAB_CI": "true"}, Server.GITLAB),
        ("auto", {"CI": "true", "GITHUB_ACTIONS": "false"}, None),
        ("none", {"GITHUB_ACTIONS": "true"}, None),
        ("gitlab", {"GITHUB_ACTIONS": "true"}, Server.GITLAB),
    ],
)
def test_the_server_is_known_by_its_variable_or_chosen(choice: str, variables: dict[str, str], server: Any) -> None:
    assert choice in CHOICES
    assert server_of(choice, variables) is server


def test_every_finding_is_a_command_with_its_place(sample: ModuleType, reads: Any) -> None:
    about = sample.run(operations=[{"id": "sendTopUp", "method": "POST", "path": "/x", "line": 33}])
    about["contract"]["document"] = "api,v3:1/openapi.yaml"
    first, notice = github.commands_for(reads([about, sample.exchange(1), sample.finding(), sample.end()]))
    assert first.startswith(
        "::error file=api%2Cv3%3A1/openapi.yaml,line=33,title=invalid-input-rejected sendTopUp::A phone number"
    )
    assert "%0Aexpected: status 400 with code ERR_VALIDATION%0A" in first
    assert notice == "::notice title=oneclickdz%3A BROKEN::1 error, 0 warnings"


def test_at_most_ten_of_each_level_are_told(sample: ModuleType, reads: Any) -> None:
    lines = [sample.finding(f"e-{number}") for number in range(30)]
    lines += [sample.finding(f"w-{number}", severity="warning") for number in range(30)]
    commands = list(github.commands_for(reads([sample.run(), *lines, sample.end()])))
    levels = [command.partition(" ")[0] for command in commands]
    assert (levels.count("::error"), levels.count("::warning"), levels.count("::notice")) == (10, 10, 1)


def test_accepted_findings_are_not_told(report: Report) -> None:
    assert not any("Allow header" in command for command in github.commands_for(report))


def test_hostile_text_stays_inside_its_command(sample: ModuleType, reads: Any) -> None:
    hostile = sample.finding(rule=FORGED, operation=FORGED, summary=FORGED + "%0A::error::y", observed="\x1b[2J\u202e")
    for command in github.commands_for(reads([sample.run(name=FORGED), hostile | {"run": FORGED}])):
        assert "\n" not in command
        assert "\r" not in command
        assert "\x1b" not in command
        assert "%250A" in command or "%0A::error::y" not in command
        name, _, rest = command[2:].partition(" ")
        assert name in {"error", "warning", "notice"}
        assert ":" not in rest.partition("::")[0]


def test_the_summary_is_added_to_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    file.write_text("before\n")
    assert github.append_summary(file, "# page\n") is None
    assert file.read_text() == "before\n# page\n\n"


def test_a_summary_that_would_be_too_large_is_not_added(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    file.write_text("x" * (github.MOST_BYTES - 5))
    assert "no room left" in (github.append_summary(file, "# page\n") or "")
    assert file.stat().st_size == github.MOST_BYTES - 5


def test_a_summary_that_can_not_be_written_is_a_problem_and_no_error(tmp_path: Path) -> None:
    assert "could not be written" in (github.append_summary(tmp_path, "# page\n") or "")


def test_gitlab_gets_a_code_quality_report(sample: ModuleType, reads: Any) -> None:
    about = sample.run(operations=[{"id": "sendTopUp", "method": "POST", "path": "/x", "line": 33}])
    about["contract"]["document"] = "api/openapi.yaml"
    mild = sample.finding("w-1", severity="warning", operation=None, summary=FORGED)
    known = sample.finding("a-1", accepted="known")
    issues = json.loads(gitlab.render(reads([about, sample.finding(), mild, known])))
    assert [one["severity"] for one in issues] == ["major", "minor"]
    assert issues[0]["location"] == {"path": "api/openapi.yaml", "lines": {"begin": 33}}
    assert issues[0]["check_name"] == "invalid-input-rejected"
    assert len({one["fingerprint"] for one in issues}) == 2
    assert all(set(one) == {"description", "check_name", "fingerprint", "severity", "location"} for one in issues)
    assert "\n" not in issues[1]["description"]


def test_a_section_of_a_log_is_opened_and_closed_under_one_name() -> None:
    start, end = gitlab.section_start("Failures"), gitlab.section_end()
    assert re.fullmatch(r"\x1b\[0Ksection_start:\d+:errorcontract_failures\[collapsed=true\]\r\x1b\[0KFailures", start)
    assert re.fullmatch(r"\x1b\[0Ksection_end:\d+:errorcontract_failures\r\x1b\[0K", end)


def test_no_printed_text_is_a_command() -> None:
    assert not COMMAND.search(printed(FORGED))
    assert printed("std::vector and a::b ## heading [x]") == "std::vector and a::b ## heading [x]"


def test_the_summary_in_the_terminal_holds_no_command(sample: ModuleType, reads: Any) -> None:
    hostile = sample.finding(rule=FORGED, operation=FORGED, summary=FORGED)
    note = {"type": "note", "run": "oneclickdz", "text": FORGED}
    report = reads([sample.run(target=FORGED), hostile, note, sample.end(complete=False, why=FORGED)])
    assert not COMMAND.search("\n".join(summary_lines(report, "reports")))
