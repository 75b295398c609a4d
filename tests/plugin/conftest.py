"""Runs of pytest with the plugin, in folders and processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from errorcontract.embedded import Embedded
from errorcontract.reporting import findings_schema

SCHEMA = jsonschema_rs.validator_for(findings_schema())
SUITES = ("--pyargs", "errorcontract.suites")


@dataclass(frozen=True)
class Done:
    """What came of a run."""

    code: int
    text: str
    folder: Path

    @property
    def findings(self) -> Any:
        """The contents of findings.json, which keep to their schema."""
        told = json.loads((self.folder / "findings.json").read_text("utf-8"))
        SCHEMA.validate(told)
        return told

    @property
    def run(self) -> Any:
        """The only run of it."""
        [run] = self.findings["runs"]
        return run

    @property
    def runs(self) -> dict[str, Any]:
        """All runs of it, by contract."""
        return {run["contract"]: run for run in self.findings["runs"]}

    @property
    def ids(self) -> list[str]:
        return [finding["id"] for finding in self.run["findings"]]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines of the journal."""
        return [json.loads(line) for line in (self.folder / "journal.ndjson").read_text("utf-8").splitlines()]

    def count(self, kind: str) -> int:
        return sum(line["type"] == kind for line in self.lines)


def environment(more: Mapping[str, str]) -> dict[str, str]:
    unwanted = ("_TOKEN", "_ADDOPTS", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI")
    kept = {name: value for name, value in os.environ.items() if not name.endswith(unwanted)}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1", **more}


@pytest.fixture
def start(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Starts pytest in an empty folder."""

    def started(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        (tmp_path / "empty").mkdir(exist_ok=True)
        command = [sys.executable, "-m", "pytest", "-p", "errorcontract.plugin", "-p", "no:cacheprovider", *arguments]
        return subprocess.Popen(
            command,
            cwd=tmp_path / "empty",
            env=environment(env or {}),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    return started


@pytest.fixture
def run(start: Callable[..., subprocess.Popen[str]], tmp_path: Path) -> Callable[..., Done]:
    """Runs the suites, reports in a folder of the test's own."""

    def ran(*arguments: str, what: Sequence[str] = SUITES, env: Mapping[str, str] | None = None) -> Done:
        folder = tmp_path / "told"
        process = start(*what, "--report-dir", str(folder), *arguments, env=env)
        text, _ = process.communicate(timeout=300)
        return Done(process.returncode, text, folder)

    return ran


@dataclass
class Counting:
    """A server that counts what reaches it, and keeps the credentials."""

    url: str
    requests: int = 0
    connections: int = 0
    credentials: set[str] = field(default_factory=set)


@pytest.fixture
def counting() -> Iterator[Counting]:
    """A server that answers 404 to everything and counts."""
    counted = Counting("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65537)
            self.close_connection = True
            counted.connections += 1
            if self.raw_requestline and self.parse_request():
                counted.requests += 1
                counted.credentials.add(self.headers.get("Authorization", ""))
                self.send_error(404)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        counted.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield counted
        server.shutdown()


@pytest.fixture
def reference() -> Iterator[Callable[..., str]]:
    """Starts a reference API as a target of its own."""
    running: list[Embedded] = []

    def started(*options: str, contract: str = "oneclickdz") -> str:
        running.append(Embedded(contract, options))
        return running[-1].url

    yield started
    for one in running:
        one.stop()


@pytest.fixture
def interrupt() -> Callable[[subprocess.Popen[str]], None]:
    """What Ctrl-C does in a terminal."""
    return lambda process: os.killpg(process.pid, signal.SIGINT)
