"""Starts what is measured: the reference API in a process of its own, and one command at a time against it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from counted_api import ALL, PLACES, counts_in
from raw_figures import NotMeasured

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a command ended: wall time from its start to its end, and its largest resident memory."""

    code: int
    seconds: float
    peak_mib: float
    output: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running reference API with the count of what it was asked."""

    url: str
    counts: memoryview

    @property
    def requests(self) -> int:
        """All requests until now."""
        return self.counts[ALL]

    def by_status(self) -> dict[str, int]:
        """Answers by status, so far."""
        return {str(status): self.counts[status] for status in range(100, PLACES) if self.counts[status]}


@contextmanager
def reference_api(contract: str, folder: Path, fault: str | None = None) -> Iterator[Server]:
    """Serve the reference API until the block ends."""
    file = folder / "counts"
    options = ["--fault", fault] if fault else []
    command = [sys.executable, str(HERE / "counted_api.py"), str(file), contract, "--port", "0", *options]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment())
    try:
        line = process.stdout.readline() if process.stdout else b""
        if not line:
            raise NotMeasured(f"the reference API did not start: {' '.join(command)}")
        yield Server(url=json.loads(line)["url"], counts=counts_in(file))
    finally:
        process.terminate()
        process.communicate()


def timed(
    command: Sequence[str], folder: Path, extra: Mapping[str, str] | None = None, timeout: float = 900.0
) -> Ended:
    """Run a command in a folder, to its end or to the timeout (code -9)."""
    with (folder / "output.txt").open("w+", encoding="utf-8", errors="replace") as output:
        clock = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(extra),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        killer = threading.Timer(timeout, process.kill)
        killer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        finally:
            killer.cancel()
        seconds = time.perf_counter() - clock
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return Ended(
            code=process.returncode,
            seconds=round(seconds, 3),
            peak_mib=round(usage.ru_maxrss / 1024, 1),
            output=output.read(),
        )


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The surroundings of every process: this checkout's package, byte code kept, nothing of the user's own."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "SCHEMATHESIS_HOOKS", "PYTEST_ADDOPTS")
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_TOKEN") and name not in dropped}
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")]))
    return kept | {"PYTHONPATH": path} | dict(extra or {})
