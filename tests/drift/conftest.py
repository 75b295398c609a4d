"""Two runs to compare, made by hand as journals."""

from __future__ import annotations

import importlib.util
import itertools
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from errorcontract.drift import Drift, Thresholds, compare
from errorcontract.reporting.read_back import read_back

SAMPLE = Path(__file__).parents[1] / "reporting" / "sample.py"


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """The builder of journals."""
    spec = importlib.util.spec_from_file_location("reporting_sample", SAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def journal(sample: ModuleType, tmp_path: Path) -> Callable[..., Path]:
    """Lines between the beginning and the end of a run, as the journal of a folder."""
    numbers = itertools.count()

    def written(*lines: Any, ends: bool = True, **about: Any) -> Path:
        folder = tmp_path / f"run{next(numbers)}"
        folder.mkdir()
        whole = [sample.run(**about), *lines, *([sample.end(about.get("name", "oneclickdz"))] if ends else [])]
        return sample.write(folder / "journal.ndjson", whole)  # type: ignore[no-any-return]

    return written


@pytest.fixture
def compared() -> Callable[..., Drift]:
    """What changed from one journal to another."""

    def drift(old: Path, new: Path, **thresholds: Any) -> Drift:
        return compare(read_back(old), read_back(new), ("old", "new"), Thresholds(**thresholds))

    return drift
