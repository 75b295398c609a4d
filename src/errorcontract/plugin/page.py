"""report.html: pytest-html's page, led by the verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorcontract.plugin.session import harness_of
from errorcontract.reporting import lead, polish, whole_page, write_whole


@pytest.hookimpl(optionalhook=True)
def pytest_html_report_title(report) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - pytest-html's own object
    """Name the page for what it is."""
    report.title = "errorcontract report"


@pytest.hookimpl(optionalhook=True)
def pytest_html_results_summary(prefix: list[str], session: pytest.Session) -> None:
    """Put the verdict, the findings and the coverage before pytest-html's table."""
    harness = harness_of(session.config)
    if harness is not None and harness.report is not None:
        prefix.append(lead(harness.report))


def finish_page(config: pytest.Config) -> None:
    """Give the finished page its last form; where pytest-html wrote none, write it from the report alone."""
    harness, name = harness_of(config), config.getoption("htmlpath", None)
    if harness is None or harness.report is None or name is None:
        return
    path = Path(name)
    page = polish(path.read_text("utf-8")) if path.is_file() else whole_page(harness.report)
    write_whole(path, lambda draft: _write(draft, page))


def _write(path: Path, page: str) -> None:
    path.write_text(page, "utf-8")
