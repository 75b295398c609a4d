"""pyproject.toml, tox.ini and .ci/run hold together."""

from __future__ import annotations

import ast
import configparser
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
THROUGH_OTHERS = {
    "pytest-html": "a plugin of pytest's",
    "schemathesis": "a generator that not every contract uses",
    "httptools": "uvicorn looks for it",
    "uvloop": "run looks for it, uvicorn too",
}


def imported() -> set[str]:
    """The packages, other than Python's own and ours, that what is installed imports."""
    found: set[str] = set()
    for path in (path for room in ("src", "suites", "fixtures") for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"errorcontract"}


def distributions(modules: set[str]) -> set[str]:
    owners = packages_distributions()
    return {plain(name) for module in modules for name in owners.get(module, [module])[:1]}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(project) -> list[Requirement]:
    extras = project["optional-dependencies"]
    return [
        Requirement(line)
        for line in (*project["dependencies"], *extras["parallel"], *extras["test"])
        if "[parallel]" not in line
    ]


def test_every_package_that_is_imported_is_a_dependency(project):
    declared = {plain(requirement.name) for requirement in requirements(project)[: len(project["dependencies"]) + 1]}
    assert distributions(imported()) - declared == set()


def test_every_dependency_is_imported_or_used_through_another(project):
    declared = {plain(Requirement(line).name) for line in project["dependencies"]}
    assert declared - distributions(imported()) - set(THROUGH_OTHERS) == set()


def test_what_is_installed_here_is_allowed(project):
    for requirement in requirements(project):
        if requirement.marker is None or requirement.marker.evaluate():
            assert requirement.specifier.contains(version(requirement.name), prereleases=True), str(requirement)


def test_the_pythons_that_are_claimed_are_those_that_tox_tests(project):
    claimed = {re.sub(r"\D", "", line) for line in project["classifiers"] if re.search(r"Python :: 3\.\d+$", line)}
    assert claimed == set(re.findall(r"py(\d+)", tox()["tox"]["env_list"]))


def test_tox_has_an_environment_for_each_task():
    assert {"testenv", "testenv:lint", "testenv:types", "testenv:docs", "testenv:embedded", "testenv:staging"} <= set(
        tox()
    )


def test_the_version_is_one_and_the_same(project):
    errorcontract = pytest.importorskip("errorcontract")
    assert errorcontract.__version__ in {project["version"], "0.0.0+clone"}


def test_ci_is_a_script_that_can_be_run():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").startswith("#!/usr/bin/env bash\n")
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0  # noqa: S607 - whichever is there


def test_every_fragment_of_the_changelog_has_a_kind():
    fragments = [path.name for path in (ROOT / "changelog.d").iterdir() if path.name != "README.md"]
    assert [
        name for name in fragments if not re.fullmatch(r"[a-z0-9-]+\.(added|changed|removed|fixed|security)\.md", name)
    ] == []


def tox() -> configparser.ConfigParser:
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(ROOT / "tox.ini")
    return settings
