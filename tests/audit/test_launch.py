"""A client is a process like any other: it may hang, leave others behind, say too much, or not be there."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from errorcontract.audit import Command, CommandError, Plays
from errorcontract.audit.launch import Client

URL = "http://127.0.0.1:1"


def ended(command, stopped=None, wait=20.0):
    """How a client ends that is given some seconds."""

    async def run():
        client = await Client.start(command, URL)
        until = time.monotonic() + wait
        while not client.over and time.monotonic() < until:  # noqa: ASYNC110 - a process has no event here
            await asyncio.sleep(0.02)
        return await client.end(stopped, 0.0)

    return asyncio.run(run())


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "is empty"), ("'open", "can't be read"), ("no-such-program-at-all {url}", "'no-such-program-at-all'")],
)
def test_a_command_that_can_not_be_run_is_refused(text, told):
    with pytest.raises(CommandError, match=told):
        Command(text=text).split()


def test_the_url_takes_its_place_in_any_word():
    command = Command(text=f"{sys.executable} --base={{url}}/v3 'a b'")
    assert command.words(URL)[1:] == [f"--base={URL}/v3", "a b"]
    assert command.told(URL) == f"{sys.executable} --base={URL}/v3 'a b'"


def test_without_a_place_the_url_stands_in_the_environment():
    command = Command(text=f"{sys.executable} -c 'import os; print(os.environ[\"ERRORCONTRACT_URL\"])'")
    assert ended(command).output.strip() == URL
    assert command.told(URL).startswith(f"ERRORCONTRACT_URL={URL} ")


def test_it_says_how_it_ended(program):
    assert ended(program("sys.exit(3)")).told() == "ended with exit code 3"
    assert ended(program("os.kill(os.getpid(), 11)")).told() == "was killed by SIGSEGV"
    crash = ended(program("raise KeyError(1)"))
    assert (crash.code, crash.crash) == (1, "an exception of Python that nobody caught")
    assert ended(program("print('Traceback (most recent call last):')")).crash is None
    logs = "import logging\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    logging.exception('it failed')\n"
    assert ended(program(logs + "    sys.exit(1)")).crash is None
    assert ended(program("print('begins', file=sys.stderr)\nraise KeyError(1)")).crash == crash.crash


def test_a_client_that_hangs_is_stopped_with_all_that_it_started(program):
    children = "import subprocess\nprint(subprocess.Popen(['sleep', '600']).pid, flush=True)\n"
    stubborn = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(600)"
    ending = ended(program(children + stubborn), "it took too long", wait=3.0)
    assert ending.told() == "was stopped: it took too long"
    assert not alive(int(ending.output.split()[0]))


def gone(number):
    """Whether a process is not there any more, or soon is not: whoever inherits it takes note of its end."""
    end = time.monotonic() + 10
    while alive(number) and time.monotonic() < end:
        time.sleep(0.05)
    return not alive(number)


def test_what_a_client_leaves_behind_is_ended_too(program):
    ending = ended(program("import subprocess\nprint(subprocess.Popen(['sleep', '600']).pid, flush=True)"))
    assert ending.code == 0
    assert gone(int(ending.output.split()[0]))


def test_of_a_long_output_start_and_end_are_kept(program):
    output = ended(program("print('first'); print('x' * 5_000_000); print('last')")).output
    assert len(output) < 20_000
    assert output.startswith("first")
    assert output.endswith("last\n")


def test_a_client_that_never_calls_is_not_waited_for_twice(program, voice, script):
    plays = Plays(voice=voice("oneclickdz"), command=program("sys.exit(7)"))
    played = asyncio.run(plays.all([script("success"), script("429-date")]))
    assert list(played) == ["success"]
    assert played["success"].conduct.ending.code == 7


def test_a_client_gets_no_proxy_and_a_far_time_zone_only_where_that_is_asked(program, voice, script, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("TZ", "UTC")
    call = "import time, urllib.request\ntime.tzset()\nprint('zone', time.timezone, flush=True)\n"
    asks = call + "urllib.request.urlopen(url + '/v3/account/balance').read()"
    plays = Plays(voice=voice("oneclickdz"), command=program(asks))
    played = asyncio.run(plays.all([script("success"), script("429-date"), script("429-date-elsewhere")]))
    assert {name: one.conduct.ending.output.split()[1] for name, one in played.items()} == {
        "success": "0",
        "429-date": "0",
        "429-date-elsewhere": "-32400",
    }


def test_a_client_that_sends_without_end_is_stopped_at_some_time(program, voice, script):
    loop = """
import http.client
while True:
    connection = http.client.HTTPConnection(url.partition('//')[2])
    connection.request('GET', '/v3/account/balance')
    connection.getresponse().read()
    connection.close()
"""
    plays = Plays(voice=voice("oneclickdz"), command=program(loop))
    played = asyncio.run(plays.all([script("503-forever")]))["503-forever"]
    assert played.conduct.ending.stopped == "it sent the same more than 60 times"
    assert len(played.heard) < 5000


def test_a_stray_that_keeps_the_output_open_is_not_waited_for(program):
    leaves = "import subprocess\nprint(subprocess.Popen(['sleep', '25'], start_new_session=True).pid, flush=True)"
    ending = ended(program(leaves))
    stray = int(ending.output)
    assert ending.code == 0
    assert alive(stray), "it left its group, and is nobody's business"
    os.kill(stray, signal.SIGKILL)


def test_an_audit_that_is_interrupted_leaves_nothing_behind(program, voice, script, tmp_path):
    counted = f"open({str(tmp_path / 'pids')!r}, 'a').write(str(os.getpid()) + ' ')\n"
    hangs = "import urllib.request, time\nurllib.request.urlopen(url + '/v3/account/balance')\ntime.sleep(600)"
    plays = Plays(voice=voice("oneclickdz"), command=program(counted + hangs))

    async def interrupted():
        playing = asyncio.ensure_future(plays.all([script("429-date"), script("429-zero")]))
        await asyncio.sleep(2.0)
        playing.cancel()
        await playing

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(interrupted())
    pids = (tmp_path / "pids").read_text("utf-8").split()
    assert pids
    assert [pid for pid in pids if alive(int(pid))] == []


def test_a_job_that_goes_on_when_the_client_has_ended_is_heard(voice, script, tmp_path):
    file = tmp_path / "client.sh"
    asks = "sleep 1; curl -s $1/v3/account/balance"
    file.write_text(f"({asks}; {asks}) >&- 2>&- &", "utf-8")
    plays = Plays(voice=voice("oneclickdz"), command=Command(text=f"sh {file} {{url}}"))
    played = asyncio.run(plays.all([script("code-ERR_VALIDATION")]))["code-ERR_VALIDATION"]
    assert [one.reply.status for one in played.heard] == [400, 400]


def test_a_client_that_signs_in_first_comes_to_its_order(program, voice, script):
    asks = """
import urllib.request
def post(path, **headers):
    return urllib.request.urlopen(urllib.request.Request(url + path, b"{}", headers)).read()
post("/login")
post("/v3/mobile/send", Authorization="Bearer fetched")
"""
    plays = Plays(voice=voice("oneclickdz"), command=program(asks))
    played = asyncio.run(plays.all([script("success"), script("code-ERR_VALIDATION")]))["code-ERR_VALIDATION"]
    assert [one.reply.status for one in played.heard] == [200, 400]
    assert played.only == frozenset({"POST /v3/mobile/send"})
