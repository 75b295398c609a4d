from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from errorcontract.contract.rooms import room


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A bundled contract to spoil."""
    return Path(shutil.copytree(room() / "oneclickdz", tmp_path / "copy"))


@pytest.fixture
def spoil(copy: Path) -> Callable[..., Path]:
    """Replaces a text in a file of the copy, once."""

    def spoilt(old: str, new: str, file: str = "contract.yaml") -> Path:
        text = (copy / file).read_text("utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), "utf-8")
        return copy

    return spoilt
