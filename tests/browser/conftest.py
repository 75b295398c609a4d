"""A real headless Chromium, one for each module: while it is up, its loop would disturb tests of other modules."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from errorcontract.reporting import Asked, read_report, whole_page

HERE = Path(__file__).parent


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"browser_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """The builder of journals."""
    return _load(HERE.parent / "reporting" / "sample.py")


@pytest.fixture(scope="session")
def hostile() -> ModuleType:
    """The builder of what targets plant."""
    return _load(HERE / "hostile.py")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser. Where there is none, CI fails and a developer is told what to install."""
    chromium = _load(HERE / "chromium.py")
    program = chromium.find_chromium()
    if program is None:
        (pytest.fail if chromium.required() else pytest.skip)(chromium.MISSING)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def written(sample: ModuleType, tmp_path: Path) -> Callable[..., str]:
    """Lines of a journal to the address of their page."""

    def write(lines: list[dict[str, Any]], language: str = "en", asked: tuple[Asked, ...] = (), **about: Any) -> str:
        report = read_report(sample.write(tmp_path / "journal.ndjson", lines))
        page = tmp_path / f"report-{language}.html"
        page.write_text(whole_page(report, language, asked, **about), encoding="utf-8")
        return page.as_uri()

    return write


@pytest.fixture
def whole(sample: ModuleType, written: Callable[..., str]) -> Callable[..., str]:
    """The page of a run that shows every part, in a language."""
    return lambda language="en", **about: written(sample.whole(), language, **about)


@pytest.fixture
def many(sample: ModuleType) -> list[dict[str, Any]]:
    """A run with a dozen findings under three rules."""
    rules = ("json-body", "code-status", "no-internals")
    found = [
        sample.finding(f"f{number:02}", rule=rules[number % 3], summary=f"finding number {number}")
        for number in range(12)
    ]
    return [sample.run(), sample.exchange(1), *found, sample.tally(), sample.end()]
