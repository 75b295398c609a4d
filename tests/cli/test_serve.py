"""`errorcontract serve`: the reference API in the foreground."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import errorcontract
from errorcontract.cli import main

HEADER = {"X-Access-Token": "sandbox-key", "Content-Type": "application/json"}


@contextlib.contextmanager
def served(*options: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    command = [sys.executable, "-m", "errorcontract.cli", "serve", "oneclickdz", "--port", "0", *options]
    environment = os.environ | {"PYTHONPATH": str(Path(errorcontract.__path__[0]).parent)}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield process, [process.stdout.readline().strip() for _ in range(3)]
        finally:
            process.kill()


def address(lines: list[str]) -> str:
    return re.search(r"http://\S+", lines[0])[0]


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=HEADER), timeout=10) as answer:  # noqa: S310
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


def test_it_says_where_it_is_how_to_test_it_and_how_to_stop_it():
    with served() as (_, lines):
        url = address(lines)
        assert lines == [
            f"oneclickdz is served at {url}",
            f"test it:  pytest --target {url} --contract oneclickdz",
            "stop it:  Ctrl-C",
        ]
        assert status(f"{url}/v3/validate") == 200


def test_it_says_what_was_changed_and_serves_it():
    with served("--fault", "duplicate-as-409", "--choice", "no-meta", "--rate-limit", "1/minute") as (_, lines):
        assert lines[0].endswith(" with the fault duplicate-as-409 and the choice no-meta")
        assert [status(f"{address(lines)}/v3/validate") for _ in range(2)] == [200, 429]


def test_ctrl_c_ends_it_quietly_and_well():
    with served() as (process, _):
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert (process.stdout.read(), process.stderr.read()) == ("stopped\n", "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["oneclikdz"], "oneclickdz"),
        (["oneclickdz", "--fault", "duplicate-as-408"], "did you mean duplicate-as-409"),
        (["oneclickdz", "--choice", "no-metta"], "did you mean no-meta"),
        (["oneclickdz", "--rate-limit", "many"], "60/minute"),
        (["oneclickdz", "--port", "99999"], "port must be 0-65535"),
        (["oneclickdz", "--host", "no.such.host.invalid"], "--host"),
    ],
)
def test_a_wrong_argument_is_refused_with_the_nearest_right_one(arguments, told, capsys):
    assert main(["serve", *arguments]) == 4
    assert told in capsys.readouterr().err


def test_a_port_that_is_taken_is_refused_with_a_way_out(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "oneclickdz", "--port", str(taken.getsockname()[1])]) == 4
    assert "choose another with --port" in capsys.readouterr().err
