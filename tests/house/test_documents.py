"""What the documents say is there: links, options, commands."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

import errorcontract
from errorcontract.cli import parser

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for path in (
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *ROOT.glob("*/README.md"),
        *ROOT.glob("contracts/*/README.md"),
    )
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^    (?:\$ )?((?:pytest|errorcontract) .*|pytest)$", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
COMMANDS_OF_README = ["pip install -e . && pytest", 'pip install -e ".[test]" && pytest tests -n auto']
OTHERS = {"--help", "--version", "--collect-only", "--hypothesis-seed", "--pyargs", "--no-isolation"}


def text(path: Path) -> str:
    return path.read_text("utf-8")


def prose(path: Path) -> str:
    return FENCE.sub("", text(path))


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.fixture(scope="module")
def help_of_pytest(tmp_path_factory) -> str:
    """What `pytest --help` says under our heading."""
    environment = os.environ | {"PYTHONPATH": str(Path(errorcontract.__file__).parents[1]), "COLUMNS": "200"}
    command = [sys.executable, "-m", "pytest", "-p", "errorcontract.plugin", "--help"]
    folder = tmp_path_factory.mktemp("empty")
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=60)
    return re.split(r"\n(?=\S)", done.stdout.partition("\nerror contracts:")[2])[0]


@pytest.mark.parametrize("path", DOCUMENTS, ids=named(DOCUMENTS))
def test_every_link_leads_somewhere(path):
    for link in LINK.findall(prose(path)):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        target, _, part = unquote(link).partition("#")
        place = (path.parent / target).resolve() if target else path
        assert place.exists(), link
        assert not part or part in {anchor(heading) for heading in HEADING.findall(prose(place))}, link


def test_every_option_is_described_with_an_example(help_of_pytest):
    described = text(ROOT / "docs" / "options.md")
    options = set(re.findall(r"^\s+(--[a-z-]+)", help_of_pytest, re.MULTILINE))
    assert options >= {"--target", "--contract", "--budget"}
    for option in options:
        section = re.search(rf"^### `{option}\b.*?(?=^##|\Z)", described, re.MULTILINE | re.DOTALL)
        assert section, f"docs/options.md has no section for {option}"
        assert re.search(rf"^    pytest .*{option}\b", section[0], re.MULTILINE), f"{option} has no example"


def test_no_option_is_described_that_is_not_there(help_of_pytest):
    described = re.findall(r"^### `(--[a-z-]+)", text(ROOT / "docs" / "options.md"), re.MULTILINE)
    assert [option for option in described if option not in help_of_pytest and option not in OTHERS] == []


def test_a_value_is_called_the_same_in_the_document_and_in_the_help(help_of_pytest):
    for heading in re.findall(r"^### `(--[a-z]+ [^`]+)`$", text(ROOT / "docs" / "options.md"), re.MULTILINE):
        option, _, value = heading.partition(" ")
        assert (
            re.search(rf"{option}[ =]{re.escape(value)}", help_of_pytest)
            or f"{{{value.replace('|', ',')}}}" in help_of_pytest
        )


@pytest.mark.parametrize("path", DOCUMENTS, ids=named(DOCUMENTS))
def test_every_command_that_is_shown_can_be_given(path, help_of_pytest):
    known = help_of_pytest + " ".join(OTHERS)
    for command in COMMAND.findall(prose(path)):
        line = re.split(r"  +", command)[0]
        if line.startswith("pytest"):
            assert [option for option in OPTION.findall(line) if not re.search(rf"{option}(?![\w-])", known)] == [], (
                line
            )
        else:
            parser().parse_args(shlex.split(line)[1:])


def test_the_readme_has_two_set_up_commands_and_ci_runs_them_word_by_word():
    shown = [line.strip() for line in text(ROOT / "README.md").splitlines() if line.startswith("    pip ")]
    assert shown == COMMANDS_OF_README
    script = text(ROOT / ".ci" / "run")
    assert all(f"run '{command}'" in script for command in shown)


def test_every_dependency_is_explained(project):
    names = {re.split(r"[><=; ]", line)[0] for line in project["dependencies"]}
    table = text(ROOT / "docs" / "architecture.md").partition("## What it stands on")[2]
    assert names <= set(re.findall(r"`([a-z0-9-]+)`", table))
