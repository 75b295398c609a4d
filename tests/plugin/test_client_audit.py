"""`--client`: a program of somebody else's is judged, with the reports and exit codes of any run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TWIN = f"{sys.executable} -m errorcontract.fixtures.clients.reference"
SOME = ("-k", "success or code-ERR_VALIDATION or code-RATE_LIMIT_EXCEEDED")
CONTRACT = ("--contract", "oneclickdz")
TOKEN = "a-token-of-somebodys"
FILES = ("report.html", "findings.json", "findings.sarif", "junit.xml", "summary.md", "traffic.har", "journal.ndjson")

NODE = """
const [url] = process.argv.slice(2);
const body = JSON.stringify({plan_code: "PREPAID_DJEZZY", MSSIDN: "0778037340", amount: 200, ref: "r" + Date.now()});
const headers = {"Content-Type": "application/json", Authorization: "Bearer a-token-of-somebodys"};
const pause = milliseconds => new Promise(over => setTimeout(over, milliseconds));
for (let attempt = 1; ; attempt++) {
  const answer = await fetch(url + "/v3/mobile/send", {method: "POST", body, headers});
  const hint = answer.headers.get("Retry-After");
  if (answer.ok) break;
  console.log("refused with a-token-of-somebodys");
  if (answer.status !== 429 || attempt === 3) process.exit(1);
  await pause(!hint ? 100 * attempt : isNaN(hint) ? Date.parse(hint) - Date.now() : hint * FACTOR);
}
"""


@pytest.fixture
def node(tmp_path):
    """A client in Node.js; what it takes a second for is to be given."""
    program = shutil.which("node") or pytest.fail("there is no node here")

    def made(factor):
        file = tmp_path / "pay.mjs"
        file.write_text(NODE.replace("FACTOR", str(factor)), "utf-8")
        return f"{program} {file} {{url}}"

    return made


def test_a_client_that_keeps_to_it_passes_and_leaves_every_report(run):
    done = run("--client", f"{TWIN} {{url}}", *CONTRACT, *SOME)
    assert done.code == 0, done.text
    assert [name for name in FILES if not (done.folder / name).is_file()] == []
    assert done.run["findings"] == []
    assert done.run["target"] == f"{TWIN} {{url}}"
    assert {rule["rule"] for rule in done.run["coverage"]["rules"]} == {
        *("bounded", "honours-delay", "never-resends-unsafe", "never-retries-4xx", "survives-unknown")
    }
    assert done.run["stats"]["requests"] == sum(line["type"] == "exchange" for line in done.lines)


def test_a_client_that_does_not_fails_with_its_story_and_commands_that_show_it_again(run, tmp_path):
    done = run("--client", f"{TWIN} --fault retries-4xx", *CONTRACT, *SOME)
    assert done.code == 1, done.text
    [finding] = done.run["findings"]
    assert (finding["rule"], finding["severity"], finding["operation"]) == ("never-retries-4xx", "error", "sendTopUp")
    assert finding["observed"].count("400 ERR_VALIDATION") == 3
    assert finding["exchange"]["request"]["method"] == "POST"
    assert finding["exchange"]["response"]["status"] == 400
    assert "all but POST /v3/mobile/send succeeded" in done.text, "the client reads its balance first"
    again = shown_again(finding["curl"], tmp_path)
    assert "GET /v3/account/balance -> 200" in again
    assert again.count("POST /v3/mobile/send -> 400") == 3, again


def shown_again(commands, folder):
    """What the server prints when the commands of a finding are run."""
    script = folder / "again.sh"
    python = f"{sys.executable} -u -m errorcontract.cli answer"
    script.write_text(commands.replace("errorcontract answer", python).replace("sleep 3", "sleep 8"), "utf-8")
    return subprocess.run(["bash", script], capture_output=True, text=True, check=False, timeout=120).stdout  # noqa: S607


def test_a_client_in_another_language_is_judged_alike(run, node):
    done = run("--client", node(1000), *CONTRACT, "-k", "429-seconds or 429-date or success")
    assert done.code == 0, done.text
    assert done.run["findings"] == []


def test_what_a_client_sends_to_prove_who_it_is_is_kept_nowhere(run, node):
    done = run("--client", node(1), *CONTRACT, "-k", "429-seconds")
    assert done.code == 1, "it takes seconds for milliseconds"
    assert [finding["rule"] for finding in done.run["findings"]] == ["honours-delay"]
    assert [file for file in done.folder.rglob("*") if file.is_file() and TOKEN.encode() in file.read_bytes()] == []
    assert TOKEN not in done.text


def test_a_client_is_given_no_real_credential(run, tmp_path):
    script = tmp_path / "shows.py"
    shown = "import os, sys, urllib.request\nurllib.request.urlopen(sys.argv[1] + '/v3/account/balance')\n"
    script.write_text(shown + "open(sys.argv[2], 'a').write(os.environ['ONECLICKDZ_TOKEN'] + ' ')\n", "utf-8")
    command = f"{sys.executable} {script} {{url}} {tmp_path / 'shown'}"
    done = run("--client", command, *CONTRACT, "-k", "success", env={"ONECLICKDZ_TOKEN": TOKEN})
    assert done.code == 0, done.text
    assert (tmp_path / "shown").read_text("utf-8").split() == ["sandbox-key"]


def test_a_client_that_calls_nobody_is_an_error_of_the_set_up(run):
    done = run("--client", f"{sys.executable} -c 'print(\"no such host\"); raise SystemExit(2)' {{url}}", *CONTRACT)
    assert done.code == 4, done.text
    assert "the client made no call" in done.text
    assert "It ended with exit code 2, and said:\nno such host" in done.text


def test_clients_are_judged_on_demand_only(run):
    done = run("--collect-only", "-q", *CONTRACT)
    assert "test_client" not in done.text
    asked = run("--collect-only", "-q", *CONTRACT, "--client", f"{TWIN} {{url}}").text
    assert set(re.findall(r"(test_\w+)\.py", asked)) == {"test_client"}


def example() -> str:
    """The test that docs/clients.md shows."""
    text = (Path(__file__).parents[2] / "docs" / "clients.md").read_text("utf-8")
    return re.search(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[1]


PAY = """
import http.client, json, time
from urllib.parse import urlsplit

def pay(url, patience=1.0, reference="order-1"):
    for _ in range(3):
        connection = http.client.HTTPConnection(urlsplit(url).netloc)
        connection.request("POST", "/v3/mobile/send", json.dumps({"amount": 200, "ref": reference}))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status == 200:
            return
        time.sleep(float(answer.headers["Retry-After"]) * patience)
"""


def test_the_example_of_the_fixture_works_as_it_is_shown(pytester):
    pytester.makepyfile(PAY + example())
    result = pytester.runpytest_subprocess("-p", "errorcontract.plugin", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=1)


def test_the_fixture_fails_a_test_whose_client_breaks_a_promise_or_calls_nobody(pytester):
    pytester.makepyfile(
        "import pytest\n"
        + PAY
        + """
def test_hasty(error_server):
    server = error_server("oneclickdz", "429-seconds")
    pay(server.url, patience=0.0)
    assert [verdict.rule for verdict in server.verdicts()] == ["honours-delay"]
    assert server.attempts[0].gap is None and server.attempts[1].gap < 1.9
    server.assert_kept()

def test_anew(error_server):
    server = error_server("oneclickdz", "lost-once", once=True)
    for reference in ("order-1", "order-2"):
        with pytest.raises(OSError):
            pay(server.url, reference=reference)
    server.assert_kept()

def test_idle(error_server):
    error_server("oneclickdz", "429-seconds").assert_kept()

def test_misspelt(error_server):
    error_server("oneclickdz", "429-secods")
"""
    )
    result = pytester.runpytest_subprocess("-p", "errorcontract.plugin", "-p", "no:cacheprovider")
    result.assert_outcomes(failed=4)
    result.stdout.fnmatch_lines(["*ERROR honours-delay: a time that was named is not waited for*"])
    result.stdout.fnmatch_lines(["*ERROR never-resends-unsafe: *; under another reference each time"])
    result.stdout.fnmatch_lines(["*the client made no call*"])
    result.stdout.fnmatch_lines(["*did you mean '429-seconds'*"])
