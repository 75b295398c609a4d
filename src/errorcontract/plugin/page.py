"""report.html: our page, with what pytest-html knows of how the questions ended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from errorcontract.plugin.session import harness_of
from errorcontract.reporting import Asked, Report, asked_of, whole_page, write_whole

PAGE = "report.html"


class _Unwritten:
    """Registered as a plugin: a report of pytest's own that can't be written keeps nothing else from being told."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self):  # type: ignore[no-untyped-def]  # noqa: ANN202
        """Note the problem, where others would end in a traceback."""
        try:
            return (yield)
        except OSError as error:
            _note(self._config, f"a report of pytest could not be written: {error.strerror or error}")
            return None


def direct_page(config: pytest.Config, folder: Path) -> None:
    """Have pytest-html write its page where ours will stand, unless somebody wants it elsewhere for himself."""
    config.pluginmanager.register(_Unwritten(config), "errorcontract-unwritten")
    if not config.getoption("htmlpath", None):
        config.option.htmlpath, config.option.self_contained_html = str(folder / PAGE), True


def finish_page(config: pytest.Config) -> None:
    """Write the page. That of pytest-html, if it wrote one, tells how the questions ended."""
    harness = harness_of(config)
    if harness is None or harness.report is None:
        return
    report = harness.report
    problem = write_whole(harness.report_dir / PAGE, lambda draft: _write(draft, report, config))
    if problem:
        _note(config, problem)


def _note(config: pytest.Config, problem: str) -> None:
    harness = harness_of(config)
    if harness is not None and harness.report is not None:
        harness.report = replace(harness.report, problems=(*harness.report.problems, problem))


def _write(path: Path, report: Report, config: pytest.Config) -> None:
    page = whole_page(report, config.getoption("ec_report_language"), _asked(config))
    path.write_text(page, encoding="utf-8", newline="\n")


def _asked(config: pytest.Config) -> tuple[Asked, ...]:
    path = Path(config.getoption("htmlpath", None) or PAGE)
    return asked_of(path.read_text("utf-8", "replace")) if path.is_file() else ()
