"""A run that is told to stop writes its reports first, and says what stopped it."""

from __future__ import annotations

import signal

import pytest

from .hostile import Hostile
from .nursery import tiny

FILES = {"report.html", "findings.json", "findings.sarif", "junit.xml", "summary.md", "traffic.har", "journal.ndjson"}


@pytest.fixture
def slow():
    """A target that breaks promises for a while, and then hangs."""
    with Hostile("never answers", honest=20) as server:
        yield server


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (signal.SIGINT, "interrupted"),
        (signal.SIGTERM, "ended by SIGTERM"),
        (signal.SIGHUP, "ended by SIGHUP"),
    ],
)
def test_it_leaves_every_report(run, slow, told, why):
    ran = run(*tiny(slow.url), told=told, lines=15)
    assert ran.code == 2
    assert {path.name for path in ran.folder.iterdir()} == FILES
    assert ran.run["complete"] is False
    assert ran.run["why_incomplete"] == why
    assert {one["id"] for one in ran.run["findings"]} == ran.journalled
    assert f"incomplete: {why}" in ran.text


def test_no_server_is_left_behind(run, mark, alive):
    ran = run("--contract", "http-guide", told=signal.SIGTERM, lines=15, env=mark)
    assert ran.code == 2
    assert alive() == []
