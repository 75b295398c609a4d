"""The command line: announce, serve, list, refuse, end."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from .client import Client
from .conftest import ENVIRONMENT, MODULE, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", MODULE, *arguments]


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=10, check=False
    )


@contextlib.contextmanager
def started(*arguments: str) -> "Iterator[subprocess.Popen[str]]":
    with subprocess.Popen(
        command("oneclickdz", "--port", "0", *arguments),
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def announced(process: "subprocess.Popen[str]") -> dict[str, object]:
    assert process.stdout is not None
    facts: dict[str, object] = json.loads(process.stdout.readline())
    return facts


def port_of(process: "subprocess.Popen[str]") -> int:
    return int(str(announced(process)["port"]))


def test_it_announces_where_it_serves_and_what_is_planted() -> None:
    with started("--fault", "duplicate-as-409", "--choice", "no-meta", "--rate-limit", "2/minute") as process:
        facts = announced(process)
        api = Client(int(str(facts["port"])))
        assert facts["url"] == f"http://127.0.0.1:{facts['port']}"
        assert (facts["contract"], facts["fault"]) == ("oneclickdz", "duplicate-as-409")
        assert "meta" not in api.get("/v3/validate").json
        assert [api.get("/v3/validate").status for _ in range(2)] == [200, 429]


def test_it_ends_when_its_parent_closes_the_pipe() -> None:
    with started() as process:
        port_of(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(3) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_at_once_and_quietly(number: signal.Signals) -> None:
    with started() as process:
        Client(port_of(process)).get("/v3/validate")
        process.send_signal(number)
        process.wait(1)
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_bytes_that_are_not_http_are_answered_in_the_envelope() -> None:
    with started() as process, socket.create_connection(("127.0.0.1", port_of(process)), timeout=3) as raw:
        raw.sendall(b"this is not http\r\n\r\n")
        head, _, body = raw.makefile("rb").read().partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 400 ")
        assert json.loads(body)["error"]["code"] == "ERR_VALIDATION"


def test_header_names_can_be_written_in_title_case() -> None:
    with started("--choice", "title-case-headers") as process:
        with socket.create_connection(("127.0.0.1", port_of(process)), timeout=3) as raw:
            raw.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            head = raw.makefile("rb").read().partition(b"\r\n\r\n")[0]
        assert b"\r\nContent-Type: " in head
        assert b"\r\nWww-Authenticate: " in head


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["oneclick"], "oneclickdz"),
        (["oneclickdz", "--fault", "duplicate-as-408"], "duplicate-as-409"),
        (["oneclickdz", "--choice", "no-metta"], "no-meta"),
        (["oneclickdz", "--rate-limit", "many"], "60/minute"),
        (["oneclickdz", "--port", "many"], "--port"),
    ],
)
def test_a_wrong_argument_is_refused_with_the_nearest_right_one(arguments: list[str], nearest: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (4, "")
    assert nearest in done.stderr


@pytest.mark.parametrize(("option", "expected"), [("--list-faults", "duplicate-race"), ("--list-choices", "err-auth")])
def test_faults_and_choices_are_listed(option: str, expected: str) -> None:
    done = run("oneclickdz", option)
    assert done.returncode == 0
    assert any(line.startswith(expected + " ") for line in done.stdout.splitlines())
