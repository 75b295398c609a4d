"""The report folder belongs to one run at a time, and what can't be written is told before anything is sent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from .hostile import Hostile
from .nursery import tiny

JOURNAL = "journal.ndjson"


@pytest.fixture
def target():
    with Hostile("HTTP/1.0") as server:
        yield server


def holder(journal):
    """A process that holds a journal as a run does, until it is killed."""
    script = (
        "import sys, time; from pathlib import Path; from errorcontract.plugin.folder import Folder; "
        "folder = Folder(Path(sys.argv[1])); folder.make(); folder.claim(); print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(journal)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    return process


def test_two_runs_into_one_folder_do_not_mix(run, target, tmp_path):
    process = holder(tmp_path / "told")
    before = (tmp_path / "told" / JOURNAL).read_bytes()
    try:
        ran = run(*tiny(target.url))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert ran.code == 4
    assert f"a run is writing there, process {process.pid}. Name another folder for this one" in ran.text
    assert target.requests == []
    assert (tmp_path / "told" / JOURNAL).read_bytes() == before
    assert [path.name for path in (tmp_path / "told").iterdir()] == [JOURNAL]


def test_a_run_that_was_killed_leaves_the_folder_to_the_next(run, target, tmp_path):
    process = holder(tmp_path / "told")
    process.kill()
    process.wait()
    process.stdout.close()
    ran = run(*tiny(target.url, "--budget", "5"))
    assert ran.code == 1
    assert ran.run["complete"]


@pytest.mark.parametrize("folder", ["/proc", "/sys/kernel", "/proc/1/told", "/dev/null/told", "read-only"])
def test_a_folder_that_can_not_be_written_is_told_before_anything_is_sent(run, target, tmp_path, folder):
    (tmp_path / "read-only").mkdir(mode=0o555)
    place = "/sys/fs" if folder == "read-only" and os.geteuid() == 0 else folder  # no mode keeps root out
    ran = run(*tiny(target.url), "--report-dir", place)
    assert ran.code == 4
    assert f"{place}: can't be " in ran.text
    assert target.requests == []


def test_the_room_for_the_last_findings_goes_with_the_process(tmp_path):
    process = holder(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert [path.name for path in tmp_path.iterdir()] == [JOURNAL]


def test_the_journal_begins_with_the_process_that_writes_it(run, target):
    first = run(*tiny(target.url, "--budget", "3")).lines[0]
    assert (first["type"], first["pid"] > 0, first["started"] <= time.time()) == ("session", True, True)
    assert json.dumps(first)
