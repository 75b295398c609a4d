"""A checkout to build from, what was built from it, and environments to install that into."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".*_cache", "__pycache__", ".hypothesis", ".tox", ".venv", "build", "dist", "*.egg-info"
)
STRAYS = (
    "contracts/oneclickdz/.hypothesis/stray",
    "fixtures/__pycache__/stray.pyc",
    "suites/.pytest_cache/stray",
    "reports/stray.html",
)


def clean(path: Path) -> Path:
    """A copy of this checkout as a fresh clone would be."""
    shutil.copytree(ROOT, path, ignore=NOT_COPIED)
    for left in (path / "reports").iterdir():
        if left.name != "README.md":
            left.unlink() if left.is_file() else shutil.rmtree(left)
    return path


@pytest.fixture(scope="session")
def root() -> Path:
    """This checkout."""
    return ROOT


@pytest.fixture(scope="session")
def project() -> dict[str, Any]:
    """The project's table of pyproject.toml."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return table


@pytest.fixture(scope="session")
def fresh_clone() -> Callable[[Path], Path]:
    """Makes a copy of this checkout as a fresh clone would be."""
    return clean


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout in which tools have left their traces."""
    path = clean(tmp_path_factory.mktemp("tree") / "errorcontract")
    for name in STRAYS:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text("left by some tool", "utf-8")
    return path


def build(checkout: Path, folder: Path, *options: str) -> Path:
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), *options, str(checkout)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist, and the wheel that was built from it."""
    return build(checkout, tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="session")
def sdist(built: Path) -> Path:
    """The source distribution."""
    return next(built.glob("*.tar.gz"))


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    """The wheel that was built from the sdist."""
    return next(built.glob("*.whl"))


@pytest.fixture(scope="session")
def wheel_of_the_tree(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that was built from the checkout."""
    return next(build(checkout, tmp_path_factory.mktemp("direct"), "--wheel").glob("*.whl"))


Environments = Callable[..., Path]


@pytest.fixture(scope="session")
def environment_with(tmp_path_factory: pytest.TempPathFactory) -> Environments:
    """Makes virtual environments that have all that this one has, save errorcontract, and installs what is given."""

    def make(*arguments: str) -> Path:
        folder = tmp_path_factory.mktemp("environment")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=120)
        python = folder / "bin" / "python"
        _lend_packages(next((folder / "lib").glob("python*/site-packages")))
        if arguments:
            pip = [
                sys.executable,
                "-m",
                "pip",
                "--python",
                str(python),
                "install",
                "--no-deps",
                "--no-index",
                "--no-build-isolation",
            ]
            done = subprocess.run([*pip, *arguments], capture_output=True, text=True, check=False, timeout=120)
            assert done.returncode == 0, done.stdout + done.stderr
        return python

    return make


def _lend_packages(target: Path) -> None:
    for folder in (Path(entry) for entry in sys.path if Path(entry).name in {"site-packages", "dist-packages"}):
        for package in folder.iterdir():
            ours = package.name.lstrip("_").startswith("errorcontract")
            if not ours and not (target / package.name).exists():
                (target / package.name).symlink_to(package)


@pytest.fixture(scope="session")
def bare() -> dict[str, str]:
    """The environment without what leads Python or pytest to this checkout, and without credentials."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PYTEST", "COV_", "VIRTUAL_ENV")) and not name.endswith("_TOKEN")
    }
