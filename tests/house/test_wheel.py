"""What is in the wheel and in the sdist, and what is not."""

from __future__ import annotations

import configparser
import subprocess
import tarfile
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

ROOMS = {
    "src/errorcontract": "errorcontract",
    **{name: f"errorcontract/{name}" for name in ("contracts", "suites", "fixtures", "docs/rules")},
}


def packed(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def about(wheel: Path, file: str) -> str:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(f".dist-info/{file}"))
        return archive.read(name).decode()


@pytest.fixture
def metadata(wheel: Path) -> Message:
    return Parser().parsestr(about(wheel, "METADATA"))


def test_the_wheel_is_the_same_from_the_sdist_and_from_the_tree(wheel, wheel_of_the_tree):
    assert wheel.read_bytes() == wheel_of_the_tree.read_bytes()


def test_the_wheel_holds_the_package_and_its_data_rooms_and_nothing_else(wheel, checkout):
    expected = {
        f"{target}/{path.relative_to(checkout / room)}"
        for room, target in ROOMS.items()
        for path in (checkout / room).rglob("*")
        if path.is_file() and "stray" not in path.name
    }
    assert packed(wheel) == expected


@pytest.mark.parametrize(
    "name",
    [
        "py.typed",
        "contracts/manifest.schema.json",
        "contracts/oneclickdz/contract.yaml",
        "contracts/oneclickdz/openapi.yaml",
        "contracts/profiles/success-envelope/contract.yaml",
        "suites/__init__.py",
        "suites/test_bodies.py",
        "fixtures/reference_api/__main__.py",
        "fixtures/reference_api/oneclickdz/app.py",
        "docs/rules/code-status.md",
        "reporting/findings.schema.json",
        "reporting/html/style.css",
        "reporting/html/page.js",
        "reporting/html/templates/page.html.jinja",
    ],
)
def test_the_wheel_has(name, wheel):
    assert f"errorcontract/{name}" in packed(wheel)


def test_the_sdist_has_every_file_that_git_has(sdist, root):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)  # noqa: S607 - whichever is there
    if listed.returncode or not listed.stdout:
        pytest.skip("no git checkout")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {name for name in listed.stdout.split("\0") if name and (root / name).is_file()} <= names
    assert not [name for name in names if "stray" in name]


def test_the_metadata_says_what_it_is(metadata, project, root):
    assert metadata["Name"] == "errorcontract"
    assert metadata["Version"] == project["version"]
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_payload().strip() == (root / "README.md").read_text("utf-8").strip()


def test_the_licence_is_in_it(wheel):
    assert about(wheel, "licenses/LICENSE").startswith("MIT License")


def test_the_entry_point_is_named_as_its_module_so_that_a_plugin_is_never_loaded_twice(wheel):
    points = configparser.ConfigParser()
    points.optionxform = str
    points.read_string(about(wheel, "entry_points.txt"))
    assert dict(points["console_scripts"]) == {"errorcontract": "errorcontract.cli:main"}
    assert all(name == module for name, module in points["pytest11"].items())
