"""Whole runs that something befalls."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .nursery import Nursery, Ran


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Starts whole runs of pytest quickly."""
    started = Nursery()
    yield started
    started.close()


@pytest.fixture
def run(nursery: Nursery, tmp_path: Path) -> Callable[..., Ran]:
    """Runs the suites, their reports in `told` in a folder of the test's own."""
    return lambda *arguments, **more: nursery.run(tmp_path, *arguments, **more)


@pytest.fixture
def mark() -> dict[str, str]:
    """An environment by which the processes of a run are known."""
    return {"ERRORCONTRACT_TEST_OF": uuid.uuid4().hex}


@pytest.fixture
def alive(mark: dict[str, str]) -> Callable[[], list[str]]:
    """The commands of the processes that are still there of a marked run."""
    return lambda: [command for place in Path("/proc").glob("[0-9]*") if (command := _marked(place, mark))]


def _marked(place: Path, mark: dict[str, str]) -> str:
    [value] = mark.values()
    try:
        if value.encode() in (place / "environ").read_bytes() and place.name != str(os.getpid()):
            return (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:  # it has just ended, or is another user's
        return ""
    return ""
