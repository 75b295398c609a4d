"""Wherever it is installed, and from wherever it is run, the suites are found, asked and reported."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

FILES = {"report.html", "summary.md", "findings.json", "findings.sarif", "junit.xml", "traffic.har", "journal.ndjson"}
FEW = ("-q", "-k", "test_bodies")  # and no option of ours, which would ask for the suites by itself


@pytest.fixture(scope="session")
def of_the_wheel(environment_with, wheel) -> Path:
    return environment_with(str(wheel))


@pytest.fixture(scope="session")
def clone(fresh_clone, tmp_path_factory) -> Path:
    return fresh_clone(tmp_path_factory.mktemp("clone") / "errorcontract")


@pytest.fixture(scope="session")
def editable(environment_with, clone) -> Path:
    return environment_with("-e", str(clone))


@pytest.fixture(scope="session")
def of_nothing(environment_with) -> Path:
    return environment_with()


@pytest.fixture
def run(bare):
    def run(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-m", "pytest", *arguments]
        return subprocess.run(command, cwd=folder, env=bare, capture_output=True, text=True, check=False, timeout=300)

    return run


def came_to_its_end(done: subprocess.CompletedProcess[str], folder: Path) -> str:
    """Make sure that a run came to its end and left its reports; the version that it was made with."""
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert {path.name for path in (folder / "reports").iterdir()} - {"README.md"} == FILES
    found = json.loads((folder / "reports" / "findings.json").read_text("utf-8"))
    assert found["runs"]
    assert all(one["complete"] and one["stats"]["requests"] for one in found["runs"])
    return found["tool"]["version"]


def test_a_wheel_asks_every_question_of_every_contract_in_an_empty_folder(
    of_the_wheel, of_nothing, clone, run, tmp_path
):
    done = run(of_the_wheel, tmp_path, "-v", "--budget", "150", "--pyargs", "errorcontract.suites")
    assert came_to_its_end(done, tmp_path) != "0.0.0+clone"
    asked = {line.rpartition("/")[2].split()[0] for line in done.stdout.splitlines() if " PASSED " in line}
    collected = run(of_nothing, clone, "--collect-only", "-q").stdout.splitlines()
    assert asked == {line.rpartition("/")[2] for line in collected if line.startswith("suites/")}


@pytest.mark.parametrize("arguments", [("--contract", "oneclickdz"), ("--pyargs", "errorcontract.suites.test_bodies")])
def test_a_wheel_works_elsewhere(of_the_wheel, run, tmp_path, arguments):
    came_to_its_end(run(of_the_wheel, tmp_path, *FEW, *arguments), tmp_path)


@pytest.mark.parametrize("arguments", [(), ("--contract", "oneclickdz"), ("suites/test_bodies.py",)])
def test_a_wheel_works_inside_a_checkout_and_is_not_hidden_by_it(of_the_wheel, run, fresh_clone, tmp_path, arguments):
    checkout = fresh_clone(tmp_path / "errorcontract")
    (checkout / "src" / "errorcontract" / "__init__.py").write_text(
        "raise ImportError('the checkout hides the wheel')\n", "utf-8"
    )
    came_to_its_end(run(of_the_wheel, checkout, *FEW, *arguments), checkout)


@pytest.mark.parametrize("arguments", [("--contract", "oneclickdz"), ("--pyargs", "errorcontract.suites")])
def test_an_editable_installation_works_elsewhere(editable, run, tmp_path, arguments):
    came_to_its_end(run(editable, tmp_path, *FEW, *arguments), tmp_path)


@pytest.mark.parametrize("arguments", [(), ("suites/test_bodies.py",)])
def test_an_editable_installation_works_inside(editable, clone, run, arguments):
    came_to_its_end(run(editable, clone, *FEW, *arguments), clone)


@pytest.mark.parametrize("arguments", [(), ("-n", "1")])
def test_a_clone_works_without_installation(of_nothing, clone, run, arguments):
    assert came_to_its_end(run(of_nothing, clone, *FEW, *arguments), clone) == "0.0.0+clone"


def test_an_editable_installation_copies_nothing(editable):
    packages = next(editable.parents[1].glob("lib/python*/site-packages"))
    assert not (packages / "errorcontract").exists()


def test_the_installed_command_finds_its_rooms(of_the_wheel, bare, tmp_path):
    command = of_the_wheel.with_name("errorcontract")
    for arguments in (["lint"], ["faults", "oneclickdz"], ["--version"]):
        done = subprocess.run(
            [command, *arguments], cwd=tmp_path, env=bare, capture_output=True, text=True, check=False, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout
