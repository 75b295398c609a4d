"""The pytest plugin: turns the suites into questions about a target, and what was found into reports."""

from errorcontract.plugin.collecting import (
    pytest_collection_finish,
    pytest_collection_modifyitems,
    pytest_generate_tests,
)
from errorcontract.plugin.controlling import (
    pytest_configure,
    pytest_sessionfinish,
    pytest_sessionstart,
    pytest_terminal_summary,
    pytest_unconfigure,
)
from errorcontract.plugin.listing import pytest_cmdline_main
from errorcontract.plugin.options import pytest_addoption
from errorcontract.plugin.page import pytest_html_report_title, pytest_html_results_summary
from errorcontract.plugin.parallel import pytest_xdist_make_scheduler
from errorcontract.plugin.promises import promises
from errorcontract.plugin.rootdir import pytest_load_initial_conftests

__all__ = [
    "promises",
    "pytest_addoption",
    "pytest_cmdline_main",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_generate_tests",
    "pytest_html_report_title",
    "pytest_html_results_summary",
    "pytest_load_initial_conftests",
    "pytest_sessionfinish",
    "pytest_sessionstart",
    "pytest_terminal_summary",
    "pytest_unconfigure",
    "pytest_xdist_make_scheduler",
]
