"""A mistake of the harness is no broken promise: it has an exit code of its own, and what was found is reported."""

from __future__ import annotations

import json

import pytest

CONFTEST = """
from errorcontract.rules import json_body

def judge(evidence):
    raise ZeroDivisionError("sandbox-key stood here")
    yield

object.__setattr__(json_body.RULE, "judge", judge)
"""


@pytest.fixture
def broken(pytester):
    pytester.makeconftest(CONFTEST)
    return pytester.runpytest_subprocess(
        "--pyargs", "errorcontract.suites", "--contract", "oneclickdz", "--budget", "60", "--report-dir", "out"
    )


def test_it_ends_with_the_exit_code_for_internal_errors(broken):
    assert broken.ret == pytest.ExitCode.INTERNAL_ERROR
    assert "an error of the harness itself: ZeroDivisionError" in broken.stdout.str() + broken.stderr.str()


def test_the_report_says_that_the_run_is_incomplete_and_why(broken, pytester):
    [run] = json.loads((pytester.path / "out" / "findings.json").read_text("utf-8"))["runs"]
    assert run["complete"] is False
    assert "ZeroDivisionError" in (pytester.path / "out" / "journal.ndjson").read_text("utf-8")


def test_no_credential_is_told_with_it(broken):
    assert "sandbox-key" not in broken.stdout.str() + broken.stderr.str()
