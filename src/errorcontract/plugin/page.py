"""report.html: pytest-html's page, led by the verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorcontract.plugin.session import harness_of
from errorcontract.reporting import lead, polish


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
    """Give the finished page its last form."""
    harness, path = harness_of(config), config.getoption("htmlpath", None)
    if harness is None or path is None or not Path(path).is_file():
        return
    page = Path(path)
    page.write_text(polish(page.read_text("utf-8")), "utf-8")
