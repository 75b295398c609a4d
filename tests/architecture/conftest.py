"""The checkout as these tests see it. Where only an installed package is at hand, there is nothing to hold together."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def source() -> Path:
    """The package in the checkout."""
    return ROOT / "src" / "errorcontract"


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every file that the repository holds, and every new one that it does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.fixture(scope="session")
def heads() -> ModuleType:
    """The maker of the heads of pages, loaded by file so that any import mode finds it."""
    spec = importlib.util.spec_from_file_location("heads_of_rules", Path(__file__).with_name("heads.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
