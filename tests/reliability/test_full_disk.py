"""A disk that fills up: what was found is on it, or on the terminal, and the exit code is not 0."""

from __future__ import annotations

import json
import resource
import shlex
import shutil
import subprocess
import sys

import pytest

from errorcontract.errors import JournalError
from errorcontract.exchange import Journal, Mask
from errorcontract.exchange.appending import RESERVED_BYTES, Appending

from .hostile import Hostile
from .nursery import tiny

UNSHARE = shutil.which("unshare")
OVER_THE_LIMIT = "File too large"


class Filling:
    """A limit to the size of files, which acts as a full disk does."""

    def __init__(self, most):
        self.most = most

    def __enter__(self):
        self.before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.most, self.before[1]))

    def __exit__(self, *_):
        resource.setrlimit(resource.RLIMIT_FSIZE, self.before)


def test_a_line_that_has_no_room_is_known_to_be_missing(tmp_path):
    path = tmp_path / "lines"
    lines = Appending(path)
    assert lines.add(b"x" * 900)
    with Filling(1000):
        assert not lines.add(b"y" * 900)
    assert lines.trouble == OVER_THE_LIMIT
    lines.close()


def test_a_line_after_a_torn_one_is_whole(tmp_path):
    path = tmp_path / "lines"
    lines = Appending(path)
    with Filling(1000):
        lines.add(b"x" * 2000)
        lines.add(b"y" * 2000)
    assert lines.add(b"z" * 2000)
    lines.close()
    torn, *_, last, end = path.read_bytes().split(b"\n")
    assert (torn, last, end) == (b"x" * 1000, b"z" * 2000, b"")


def test_a_journal_on_a_full_disk_is_refused_at_once(tmp_path):
    with Filling(RESERVED_BYTES // 2), pytest.raises(JournalError, match=r"journal.ndjson can't be written"):
        Journal(tmp_path / "journal.ndjson", "a contract", Mask([]))


def test_a_device_that_is_always_full_loses_no_line_unnoticed(tmp_path):
    (tmp_path / "full").symlink_to("/dev/full")
    lines = Appending(tmp_path / "full")
    assert not lines.add(b"a line")
    assert lines.trouble == "No space left on device"
    lines.close()


@pytest.fixture
def target():
    """A target that breaks promises, with long answers."""
    with Hostile("long answers that are wrong", honest=10) as server:
        yield server


def test_a_run_whose_journal_can_grow_no_more_ends_and_tells_what_it_found(run, target):
    ran = run(*tiny(target.url), told=None, lines=20)  # by then some answers were wrong, and none is judged yet
    assert ran.code == 2
    assert f"the journal can't be written: {OVER_THE_LIMIT}" in ran.text
    assert "envelope-shape" in ran.text
    assert len(target.requests) < 100


def test_a_page_for_which_there_is_no_room_keeps_nothing_else_from_being_told(run, target):
    ran = run(*tiny(target.url), "--rate", "5/second", told=None, lines=14)
    assert ran.code == 2
    assert f"a report of pytest could not be written: {OVER_THE_LIMIT}" in ran.text
    assert f"the journal can't be written: {OVER_THE_LIMIT}" in ran.text
    assert "Traceback" not in ran.text


def mounts():
    """Whether this machine lets us have a disk of our own."""
    if not UNSHARE:
        return False
    trial = [UNSHARE, "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("kilobytes", [RESERVED_BYTES // 1024 + 900] if mounts() else [])
def test_on_a_full_disk_what_was_found_comes_first(target, tmp_path, kilobytes):
    (tmp_path / "disk").mkdir()
    words = ["pytest", "-p", "no:cacheprovider", *tiny(target.url), "--report-dir", "disk"]
    command = shlex.join([sys.executable, "-m", *words])
    script = f"mount -t tmpfs -o size={kilobytes}k none disk && {command}; code=$?; cp -r disk kept; exit $code"
    done = subprocess.run(
        [UNSHARE, "--map-root-user", "--mount", "sh", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert "the journal can't be written: No space left on device" in done.stdout
    [run] = json.loads((tmp_path / "kept" / "findings.json").read_text("utf-8"))["runs"]
    assert run["why_incomplete"] == "the journal can't be written: No space left on device"
    whole = [json.loads(line) for line in (tmp_path / "kept" / "journal.ndjson").read_bytes().splitlines()]
    assert {one["id"] for one in run["findings"]} == {one["id"] for one in whole if one["type"] == "finding"} != set()
