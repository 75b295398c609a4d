"""Starts whole runs of pytest from a process that has everything loaded, and measures each: seconds, memory, exit code.

Run as a script it is that process: it reads a run a line, as JSON, forks, and writes what came of it as a line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs

from errorcontract.reporting import findings_schema

HERE = Path(__file__).parent
_KILOBYTE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run that is over. `peak`: the most memory it held at once, in MiB, with the interpreter and all libraries."""

    code: int
    text: str
    seconds: float
    peak: float
    folder: Path

    @property
    def findings(self) -> Any:
        """The contents of findings.json, which keep to their schema however the run ended."""
        told = json.loads((self.folder / "findings.json").read_text("utf-8"))
        jsonschema_rs.validator_for(findings_schema()).validate(told)
        return told

    @property
    def run(self) -> Any:
        """The only run of it."""
        [run] = self.findings["runs"]
        return run

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The whole lines of the journal."""
        journal = (self.folder / "journal.ndjson").read_bytes()
        return [json.loads(line) for line in journal.rpartition(b"\n")[0].splitlines()]

    @property
    def journalled(self) -> set[str]:
        """The findings that stand in the journal."""
        return {line["id"] for line in self.lines if line["type"] == "finding"}


class Nursery:
    """A process that starts runs. They share its loaded modules, and nothing else."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(
        self,
        folder: Path,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        told: signal.Signals | None = signal.SIGKILL,
        after: float = 120,
        lines: int | None = None,
    ) -> Ran:
        """Run pytest in the folder, its reports in `told` there.

        It gets a signal after so many seconds, or as soon as its journal has so many lines. In place of a signal, with
        None, there is no more room from then on for the file that it writes.
        """
        folder.mkdir(parents=True, exist_ok=True)
        order = {"folder": str(folder), "arguments": arguments, "env": dict(env or {}), "signal": told}
        order |= {"after": after, "lines": lines}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        came = json.loads(self._process.stdout.readline())
        text = (folder / "out").read_bytes().decode("utf-8", "surrogateescape")
        return Ran(**came, text=text, folder=folder / "told")

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def tiny(url: str, *more: str) -> Sequence[str]:
    """The arguments of a run that holds an API of two operations to a dialect."""
    contract = ("--contract", "google-status", "--openapi", str(HERE / "things.yaml"))
    return ("--target", url, *contract, *more)


def _serve() -> None:
    import pytest  # noqa: PLC0415 - here alone everything is loaded
    import schemathesis  # noqa: F401, PLC0415

    from errorcontract import plugin  # noqa: F401, PLC0415
    from errorcontract.cases.generated import openapi  # noqa: F401, PLC0415

    for line in sys.stdin:
        order = json.loads(line)
        started = time.perf_counter()
        child = os.fork()
        if child == 0:
            os._exit(_child(pytest, order))
        print(json.dumps(_awaited(child, started, order)), flush=True)  # noqa: T201


def _child(pytest: Any, order: Mapping[str, Any]) -> int:
    os.chdir(order["folder"])
    os.environ.update(order["env"])
    out = os.open("out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, place in ((nothing, 0), (out, 1), (out, 2)):
        os.dup2(source, place)
    fixed = ["-p", "errorcontract.plugin", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", "."]
    fixed += ["--report-dir", "told"]
    code = int(pytest.main([*fixed, *order["arguments"]]))
    sys.stdout.flush()
    return code


def _awaited(child: int, started: float, order: Mapping[str, Any]) -> dict[str, Any]:
    told = False
    while True:
        done, status, used = os.wait4(child, os.WNOHANG)
        seconds = time.perf_counter() - started
        if done:
            peak = round(used.ru_maxrss / _KILOBYTE, 1)
            return {"code": os.waitstatus_to_exitcode(status), "seconds": round(seconds, 2), "peak": peak}
        if not told and (seconds > order["after"] or _has(order)):
            _befall(child, order)
            told = True
        time.sleep(0.01)


def _befall(child: int, order: Mapping[str, Any]) -> None:
    if order["signal"] is not None:
        os.kill(child, order["signal"])
        return
    size = (Path(order["folder"]) / "told" / "journal.ndjson").stat().st_size
    resource.prlimit(child, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _has(order: Mapping[str, Any]) -> bool:
    """Whether the journal has as many lines as are waited for."""
    if order["lines"] is None:
        return False
    try:
        return Path(order["folder"], "told", "journal.ndjson").read_bytes().count(b"\n") >= order["lines"]
    except OSError:
        return False


if __name__ == "__main__":
    _serve()
