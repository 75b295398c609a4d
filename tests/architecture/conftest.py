"""The checkout as these tests see it. Where only an installed package is at hand, there is nothing to hold together."""

from __future__ import annotations

import subprocess
from pathlib import Path

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
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]  # noqa: S607
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S607
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]
