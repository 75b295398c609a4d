"""A target or a worker that goes away in the middle: for a moment, or for good."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from .hostile import Hostile
from .nursery import tiny


@pytest.fixture
def leaves():
    """A target that is gone after some answers: it comes back after so many seconds, if ever."""
    servers = []

    def started(seconds=None, answers=20):
        server = Hostile("leaves", honest=answers)
        servers.append(server)
        if seconds:
            threading.Thread(target=_bring_back, args=(server, seconds, servers), daemon=True).start()
        return server

    yield started
    for one in servers:
        one.stop()


def _bring_back(server, seconds, servers):
    server.left.wait(120)
    time.sleep(seconds)
    servers.append(Hostile("an honest answer", port=server.port))


def test_a_target_that_comes_back_is_waited_for_and_the_run_goes_on(run, leaves):
    server = leaves(seconds=2)
    ran = run(*tiny(server.url, "--budget", "60", "--request-timeout", "10"))
    assert ran.code == 0
    assert ran.run["complete"]
    assert "the target can't be reached" in ran.text
    assert any("is there again" in note for note in ran.run["notes"])
    failures = {line["failure"] for line in ran.lines if line["type"] == "exchange"}
    assert failures <= {None, "no connection: the target went away while the request was under way"}


def test_a_target_that_is_gone_for_good_ends_the_run_and_the_report_says_so(run, leaves):
    ran = run(*tiny(leaves().url, "--budget", "60", "--request-timeout", "0.5"))
    assert ran.code == 2
    assert not ran.run["complete"]
    assert ran.run["why_incomplete"] == "the target went away: no connection: Connection refused, for 2 s"
    assert {finding["id"] for finding in ran.run["findings"]} == ran.journalled


def workers(pid):
    """The processes that share the questions of a run."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid and "sys.stdin.readline()" in (place / "cmdline").read_text():
                found.append(int(place.name))
    return found


def lines(journal):
    return journal.read_bytes().count(b'"type":"exchange"') if journal.exists() else 0


def test_a_worker_that_dies_makes_the_run_incomplete_and_loses_no_finding(tmp_path):
    command = ("-m", "pytest", "-p", "no:cacheprovider", "-n", "1", "--contract", "http-guide", "--budget", "80")
    process = subprocess.Popen(
        [sys.executable, *command, "--report-dir", "told"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    journal, last = tmp_path / "told" / "journal.ndjson", time.monotonic() + 120
    while lines(journal) < 10 and time.monotonic() < last:
        time.sleep(0.02)
    os.kill(workers(process.pid)[0], signal.SIGKILL)
    text, _ = process.communicate(timeout=200)
    assert process.returncode == 1
    assert "crashed while running" in text
    [run] = json.loads((tmp_path / "told" / "findings.json").read_text("utf-8"))["runs"]
    assert not run["complete"]
    assert run["why_incomplete"].startswith("a process of the run died")
    written = [json.loads(line) for line in journal.read_bytes().splitlines()]
    assert {one["id"] for one in run["findings"]} == {one["id"] for one in written if one["type"] == "finding"}
