"""The value of an option is no folder of tests, even where it exists and the option is written without `=`."""

from __future__ import annotations

import pytest

INI = '[tool.pytest.ini_options]\ntestpaths = ["asked"]\naddopts = ["--strict-markers"]\n'
PASSES = "def test_passes():\n    assert True\n"
FAILS = "def test_fails():\n    raise AssertionError\n"


@pytest.fixture
def project(pytester):
    """A project whose configuration says which of its folders hold its tests."""
    pytester.makefile(".toml", pyproject=INI)
    for folder, text in (("asked", PASSES), ("unasked", FAILS)):
        pytester.mkdir(folder).joinpath(f"test_{folder}.py").write_text(text, "utf-8")
    return pytester


@pytest.fixture
def elsewhere(tmp_path_factory):
    return str(tmp_path_factory.mktemp("elsewhere"))


def test_the_projects_configuration_counts_with_an_existing_report_folder(project, elsewhere):
    project.runpytest_subprocess("--report-dir", elsewhere).assert_outcomes(passed=1)


def test_both_ways_to_write_the_option_do_the_same(project, elsewhere):
    project.runpytest_subprocess(f"--report-dir={elsewhere}").assert_outcomes(passed=1)


def test_a_folder_of_tests_is_still_one(project, elsewhere):
    project.runpytest_subprocess("--report-dir", elsewhere, "unasked").assert_outcomes(failed=1)


def test_a_configuration_file_that_is_named_is_taken(project, elsewhere):
    project.makeini("[pytest]\ntestpaths = unasked\n")
    done = project.runpytest_subprocess("-c", "tox.ini", "--report-dir", elsewhere)
    done.assert_outcomes(failed=1)


def test_options_of_the_configuration_count_too(project, elsewhere):
    marked = f"import pytest\n@pytest.mark.unheard_of\n{PASSES}"
    project.path.joinpath("asked", "test_asked.py").write_text(marked, "utf-8")
    done = project.runpytest_subprocess("--report-dir", elsewhere)
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["*unheard_of*"])
