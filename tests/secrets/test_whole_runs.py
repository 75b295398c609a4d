"""A canary in every place that a run touches is in no file and no output afterwards."""

from __future__ import annotations

import html
import json
import re

import pytest

from .conftest import CANARIES, EMAIL, GATEWAY, LITERAL, LOUD, PASSWORD, PHONE, TOKEN
from .forms import FORMS

FILES = ("journal.ndjson", "report.html", "findings.json", "findings.sarif", "summary.md", "traffic.har")


def found(done):
    """Each canary in each form, with the file that holds it."""
    forms = {
        (name, form): encode(canary).encode("utf-8", "replace")
        for name, canary in CANARIES.items()
        for form, encode in FORMS.items()
        if form != "Base64 of gzip"  # differs each time
    }
    left = []
    for where, kept in done.kept.items():
        text = kept.decode("utf-8", "replace")
        whole = "\n".join((text, text.lower(), html.unescape(text), *strings(text))).encode("utf-8", "replace")
        left += [(where, *name) for name, told in forms.items() if told in whole]
    return left


def strings(text):
    """The texts in what is JSON, or lines of it."""
    if not text.startswith("{"):
        return []
    return [json.loads(one) for one in re.findall(r'"(?:[^"\\\x00-\x1f]|\\.)*"', text)]


def test_a_run_tells_no_secret_however_much_it_tells(loud):
    assert loud.code == 1
    assert found(loud) == []
    assert {*(f"told/{name}" for name in FILES), "root/own.xml"} <= set(loud.kept)
    assert loud.report("journal.ndjson").count('"type":"exchange"') > 100


def test_what_was_hidden_can_be_told_apart(loud):
    assert set(re.findall(r"\*\*\*[^*]+\*\*\*", loud.report("journal.ndjson"))) >= {
        "***credential:ERRORCONTRACT_TOKEN***",
        "***credential:GATEWAY_KEY***",
        "***credential:X_PLAIN***",
        "***phone-1***",
        "***email-1***",
        "***password-1***",
        "***cookie-1***",
        "***ticket-1***",
        "***owner-1***",
    }


def test_a_finding_shows_where_the_credential_stood(loud):
    echoed = [one["observed"] for one in findings(loud) if one["rule"] == "secret-not-echoed"]
    assert "a credential in the header X-Saw-X-Gateway, at character 1: ***credential:GATEWAY_KEY***" in echoed
    assert any("X-Saw-Authorization, at character 8: Bearer ***credential" in one for one in echoed)
    assert any("in the body, at /error/message, character" in one for one in echoed)


def test_a_number_that_was_made_for_a_test_is_shown(loud):
    assert f"{PHONE[0]}8{PHONE[2:]}" in loud.report("journal.ndjson")


def test_commands_take_private_values_from_variables(loud):
    commands = "\n".join(one["curl"] for one in findings(loud))
    assert ': "${PHONE:?the value that is given with --data phone=...}"' in commands
    assert re.search(r'"phone": "\'"\$\{PHONE\}"\'"', commands)
    assert 'X-Gateway: \'"${GATEWAY_KEY}"' in commands
    assert "***x-saw" not in commands


def test_the_command_of_the_run_is_told_without_what_is_private(loud):
    [line] = [line for line in loud.report("journal.ndjson").splitlines() if '"type":"run"' in line]
    command = json.loads(line)["command"]
    assert "X-Gateway: env:GATEWAY_KEY" in command
    assert "X-Plain: ${X_PLAIN}" in command


def test_several_processes_tell_no_secret(run):
    done = run(*LOUD, "-n", "2", "--budget", "100")
    assert done.code == 1
    assert found(done) == []


PLUGIN = """
import sys, warnings, pytest

TOLD = {told!r}

@pytest.hookimpl(tryfirst=True)
def {hook}:
    where = "in " + TOLD
    {what}
"""
BREAKING = {
    "in a question": (
        "pytest_runtest_call(item)",
        "print(where); print(where, file=sys.stderr); warnings.warn(where); assert where == [TOLD, {TOLD: where}]",
    ),
    "by Ctrl-C": ("pytest_runtest_call(item)", "raise KeyboardInterrupt(where)"),
    "in pytest itself": ("pytest_runtest_logstart(nodeid)", "raise RuntimeError(where)"),
    "in one of two processes": ("pytest_runtest_call(item)", "raise SystemError(where)", "-n", "2"),
}


@pytest.mark.parametrize("breaking", BREAKING)
def test_a_traceback_tells_no_secret(run, tmp_path, breaking):
    hook, what, *processes = BREAKING[breaking]
    told = f"{TOKEN} {GATEWAY} {LITERAL} {PHONE} {EMAIL} {PASSWORD}"
    (tmp_path / "contract").mkdir()
    plugin = PLUGIN.format(told=told, hook=hook, what=what)
    (tmp_path / "contract" / "breaking.py").write_text(plugin, "utf-8")
    env = {"PYTHONPATH": str(tmp_path / "contract")}
    done = run(*LOUD, "--fulltrace", "-p", "breaking", "--budget", "20", "-k", "credentials", *processes, env=env)
    assert done.code in {1, 2, 3}
    assert "***credential:ERRORCONTRACT_TOKEN***" in done.output
    assert found(done) == []


def findings(done):
    return json.loads(done.report("findings.json"))["runs"][0]["findings"]
