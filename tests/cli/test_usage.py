"""The command as a whole: help, lists, usage errors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import errorcontract
from errorcontract.cli import main
from errorcontract.contract import bundled, profiles
from errorcontract.rules import all_rules

LISTS = ("contracts", "rules", "faults", "choices")
COMMANDS = ("lint", "serve", "answer", "report", "diff", "baseline", "schema", *LISTS)


def ends_with(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return end.value.code


def test_help_names_every_command_and_how_to_run_tests(capsys):
    assert ends_with("--help") == 0
    told = capsys.readouterr().out
    assert all(f"  {command} " in told or f"  {command}\n" in told for command in COMMANDS)
    assert "pytest --target URL" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_shows_examples(command, capsys):
    assert ends_with(command, "--help") == 0
    assert f"errorcontract {command}" in capsys.readouterr().out.partition("example")[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_begins_with_what_the_list_of_commands_says_of_it(command, capsys):
    ends_with(command, "--help")
    about = " ".join(capsys.readouterr().out.split("\n\n")[1].split())
    ends_with("--help")
    assert f"{command} {about[0].lower()}{about[1:].rstrip('.')} " in f"{' '.join(capsys.readouterr().out.split())} "


def test_the_version_is_that_of_the_package(capsys):
    assert ends_with("--version") == 0
    assert capsys.readouterr().out == f"errorcontract {errorcontract.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [[], ["lnt"], ["serve", "oneclickdz", "--port", "many"], ["--nonsense"]]
    + [[command] for command in ("serve", "report", "diff", "baseline")],
)
def test_wrong_usage_has_pytests_exit_code_and_says_where_to_read_on(arguments, capsys):
    assert ends_with(*arguments) == 4
    assert "--help tells how it is used" in capsys.readouterr().err


def test_contracts_and_profiles_are_listed_by_name(capsys):
    assert main(["contracts"]) == 0
    contracts, _, alone = capsys.readouterr().out.partition("\n\n")
    assert tuple(line.split()[0] for line in contracts.splitlines()) == bundled()
    assert tuple(line.split()[0] for line in alone.splitlines()[1:]) == profiles()
    assert "--openapi" in alone.splitlines()[0]


def test_every_rule_is_listed_with_its_promise(capsys):
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in all_rules()]
    assert all(line.endswith(rule.title) for line, rule in zip(lines, all_rules(), strict=True))


@pytest.mark.parametrize("what", LISTS)
def test_a_list_is_the_same_as_pytests(what, capsys, tmp_path):
    assert main([what]) == 0
    arguments = [sys.executable, "-m", "pytest", "-p", "errorcontract.plugin", f"--list-{what}"]
    done = subprocess.run(
        arguments, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == capsys.readouterr().out


@pytest.mark.parametrize("what", ["faults", "choices"])
def test_a_list_can_be_of_one_contract(what, capsys):
    assert main([what, "oneclickdz"]) == 0
    assert capsys.readouterr().out
    assert main([what, "oneclikdz"]) == 4
    assert "oneclickdz" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error():
    command = [sys.executable, "-m", "errorcontract.cli", "rules"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        process.stdout.close()
        told = process.stderr.read()
        process.wait(30)
    assert (process.returncode, told) == (0, b"")


def environment() -> dict[str, str]:
    """The environment in which a new process finds the package that is tested here."""
    return os.environ | {"PYTHONPATH": str(Path(errorcontract.__path__[0]).parent)}


@pytest.mark.parametrize("arguments", [("faults", "oneclikdz"), ("choices", "oneclikdz"), ("serve", "oneclikdz")])
def test_a_wrong_name_is_answered_with_the_nearest_and_not_with_options_of_pytest(arguments, capsys):
    assert main(arguments) == 4
    told = capsys.readouterr().err
    assert "oneclickdz" in told
    assert "--target" not in told
