"""Helpers of these tests, loaded by file so that any import mode finds them."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from errorcontract.reporting import Report, read_report


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reporting_sample", Path(__file__).with_name("sample.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """The builder of journals."""
    return _load()


@pytest.fixture
def journal(sample: ModuleType, tmp_path: Path) -> Path:
    """The journal of a whole run."""
    path: Path = sample.write(tmp_path / "journal.ndjson", sample.whole())
    return path


@pytest.fixture
def report(journal: Path) -> Report:
    """The report of a whole run."""
    return read_report(journal)


Reads = Callable[..., Report]


@pytest.fixture
def reads(sample: ModuleType, tmp_path: Path) -> Reads:
    """Lines, and what a killed run left of the last one, to a report."""

    def read(lines: Iterable[dict[str, Any]], tail: str = "") -> Report:
        return read_report(sample.write(tmp_path / "lines.ndjson", lines, tail))

    return read
