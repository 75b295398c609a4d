"""The report folder, which one run at a time has for itself."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from errorcontract.errors import UsageError
from errorcontract.exchange.appending import reserve

try:
    import fcntl
except ImportError:  # where there is no such lock, nothing keeps two runs apart
    fcntl = None  # type: ignore[assignment]

JOURNAL = "journal.ndjson"
_LOCKS = fcntl is not None
_FILES = (
    *("report.html", "findings.json", "findings.sarif", "junit.xml", "summary.md", "traffic.har"),
    "gl-code-quality-report.json",
)


class Folder:
    """The folder of one run. Its journal is locked as long as a process of the run lives, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: int | None = None

    def make(self) -> None:
        """Make it where it is missing. Raises UsageError where it can't be."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise self._refused("can't be made", problem) from None

    def claim(self) -> None:
        """Take it for this run, without the reports of an earlier one. Raises UsageError if it can't."""
        try:
            os.close(reserve(self.path))
            held = self._open()
            if not _lock(held, alone=True):
                raise self._taken(held)
            for name in _FILES:
                (self.path / name).unlink(missing_ok=True)
                for draft in self.path.glob(f".{name}.*.tmp"):  # of a run that was killed while it wrote
                    draft.unlink(missing_ok=True)
            os.ftruncate(held, 0)
            self._held = held
            self._write({"type": "session", "pid": os.getpid(), "started": time.time()})
        except OSError as problem:
            raise self._refused("can't be written", problem) from None
        if not _lock(held, alone=False):
            raise self._taken(held)

    def join(self) -> None:
        """Have a part in it, as one of several processes of a run."""
        with suppress(OSError):
            self._held = self._open()
            _lock(self._held, alone=False)

    def plan(self, contracts: Iterable[str]) -> None:
        """Note which contracts the run is about, so that one that it does not come to is missed."""
        with suppress(OSError):  # a full disk is told when something is lost
            for name in contracts:
                self._write({"type": "planned", "run": name})

    def leave(self) -> None:
        """Let another run have it."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def _open(self) -> int:
        return os.open(self.path / JOURNAL, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)

    def _write(self, line: dict[str, Any]) -> None:
        if self._held is not None:
            os.write(self._held, json.dumps(line).encode() + b"\n")

    def _refused(self, what: str, problem: OSError) -> UsageError:
        return UsageError(f"--report-dir {self.path}: {what}: {problem.strerror or problem}")

    def _taken(self, held: int) -> UsageError:
        with os.fdopen(held, "rb") as journal:
            pid = _pid(journal.readline(1000))
        who = f"process {pid}" if pid else "another process"
        return UsageError(f"--report-dir {self.path}: a run is writing there, {who}. Name another folder for this one")


def _lock(file: int, *, alone: bool) -> bool:
    """Whether the lock is ours. It goes with the process; where there are no locks, it is ours too."""
    if not _LOCKS:
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _pid(line: bytes) -> int | None:
    try:
        pid = json.loads(line)["pid"]
    except (ValueError, KeyError, TypeError):
        return None
    return pid if isinstance(pid, int) else None
