"""`errorcontract answer`: one case in the foreground."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys

import pytest

from errorcontract.audit import cases
from errorcontract.cli import main
from errorcontract.contract import load


def test_without_a_case_it_lists_them(capsys):
    assert main(["answer", "oneclickdz"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == [script.id for script in cases(load("oneclickdz"))]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["oneclickdz", "429-secods"], "did you mean '429-seconds'?"),
        (["oneclikdz", "success"], "oneclickdz"),
        (["oneclickdz", "success", "--port", "99999"], "can't listen at port 99999"),
    ],
)
def test_what_it_can_not_do_is_refused(capsys, arguments, told):
    assert main(["answer", *arguments]) == 4
    assert told in capsys.readouterr().err


def test_it_prints_what_comes_and_what_it_answers_and_no_credential():
    command = [sys.executable, "-m", "errorcontract.cli", "answer", "oneclickdz", "429-seconds", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().split()[0]
        process.stdout.readline()
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=20)
        for _ in range(2):
            connection.request("GET", "/v3/account/balance?token=hush-hush", headers={"X-Access-Token": "hush-hush"})
            connection.getresponse().read()
        told = [process.stdout.readline().strip() for _ in range(2)]
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=20)[0]
    assert told[0] == "GET /v3/account/balance -> 429, Retry-After: 2"
    assert told[1].startswith("GET /v3/account/balance -> 429, Retry-After: 2  0.")
    assert rest.strip() == "stopped"
    assert process.returncode == 0
