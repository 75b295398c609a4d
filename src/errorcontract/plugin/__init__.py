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
from errorcontract.plugin.hiding import (
    pytest_internalerror,
    pytest_make_collect_report,
    pytest_runtest_makereport,
)
from errorcontract.plugin.listing import pytest_cmdline_main
from errorcontract.plugin.options import pytest_addoption
from errorcontract.plugin.parallel import pytest_xdist_make_scheduler
from errorcontract.plugin.promises import promises
from errorcontract.plugin.rootdir import pytest_load_initial_conftests
from errorcontract.plugin.serving import error_server

__all__ = [
    "error_server",
    "promises",
    "pytest_addoption",
    "pytest_cmdline_main",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_generate_tests",
    "pytest_internalerror",
    "pytest_load_initial_conftests",
    "pytest_make_collect_report",
    "pytest_runtest_makereport",
    "pytest_sessionfinish",
    "pytest_sessionstart",
    "pytest_terminal_summary",
    "pytest_unconfigure",
    "pytest_xdist_make_scheduler",
]
