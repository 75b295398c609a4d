"""The printed commands show a defect again."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from errorcontract.cases import Build, Kit, Names
from errorcontract.cases.promises import either
from errorcontract.curl import command, commands
from errorcontract.model import Exchange, Request, Response, Trace

KEY = "sandbox-key"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "ERRORCONTRACT_TOKEN": KEY}
OPTIONS = 5  # curl -sS -i -g --path-as-is


@pytest.fixture
def pasted():
    """What bash makes of a script."""

    def ran(script, **more):
        done = subprocess.run(
            ["/usr/bin/bash", "-c", script], capture_output=True, env=ENVIRONMENT | more, timeout=120, check=False
        )
        assert not done.stderr, done.stderr.decode()
        return done.stdout.decode("utf-8", "replace")

    return ran


def statuses(text):
    return [int(status) for status in re.findall(r"HTTP/1\.1 (\d{3}) ", text)]


def paid(texts):
    """What lies between looks at the balance."""
    balances = [float(balance) for text in texts for balance in re.findall(r'"balance": ?"?(-?[\d.]+)', text)]
    return [round(before - after, 2) for before, after in pairwise(balances)]


def bodies(finding):
    return [one.response.body.decode("utf-8", "replace") for one in finding.exchanges if one.response]


SHOWN_BY_ONE_STATUS = [
    ("negative-amount-accepted", "amount", "invalid-input-rejected"),
    ("trailing-newline-accepted", "phone", "invalid-input-rejected"),
    ("infinite-amount-crashes", "amount", "no-server-error"),
    ("deep-nesting-crashes", "bodies", "no-server-error"),
    ("trailing-text-ignored", "bodies", "invalid-input-rejected"),
    ("empty-body-crashes", "bodies", "no-server-error"),
    ("nul-in-path-crashes", "identifier", "no-server-error"),
    ("lone-surrogate-crashes", "identifier", "no-server-error"),
    ("head-needs-no-key", "credentials", "credentials-required"),
    ("empty-key-accepted", "credentials", "credentials-required"),
    ("any-key-on-one-operation", "credentials", "credentials-checked"),
    ("longer-key-accepted", "credentials", "credentials-checked"),
    ("key-any-case", "credentials", "credentials-checked"),
    ("line-type-defaulted", "choice", "invalid-input-rejected"),
    ("missing-key-as-403", "credentials", "code-status"),
]


@pytest.fixture
def found(serve, findings_at):
    """The finding of a rule on the API with a fault, and the address of that API."""

    def one(fault, family, rule):
        url = serve(fault)
        return next(finding for finding in findings_at(url, [family]) if finding.rule == rule), url

    return one


@pytest.mark.parametrize(("fault", "family", "rule"), SHOWN_BY_ONE_STATUS)
def test_a_command_shows_the_status_again_and_a_conforming_api_does_not(found, serve, pasted, fault, family, rule):
    finding, url = found(fault, family, rule)
    [evidence] = [one for one in finding.exchanges if one.number == finding.evidence]
    assert KEY not in finding.curl
    assert statuses(pasted(finding.curl)) == [evidence.response.status]
    assert statuses(pasted(finding.curl.replace(url, serve()))) != [evidence.response.status]


@pytest.mark.parametrize(
    ("fault", "family", "rule"),
    [
        ("original-lost-after-duplicate", "references", "original-found"),
        ("refused-amount-takes-reference", "references", "reference-not-consumed"),
        ("third-use-accepted", "references", "duplicate-rejected"),
        ("reference-any-case", "references", "reference-exact"),
    ],
)
def test_a_story_shows_again_and_a_conforming_api_does_not(found, serve, pasted, fault, family, rule):
    finding, url = found(fault, family, rule)
    recorded = [one.response.status for one in finding.exchanges]
    again, conforming = pasted(finding.curl), pasted(finding.curl.replace(url, serve()))
    assert statuses(again) == recorded
    assert statuses(conforming) != recorded
    assert statuses(pasted(finding.curl)) == recorded  # references are fresh each time


@pytest.mark.parametrize(
    ("fault", "family", "rule"),
    [
        ("charged-twice", "success", "charged-once"),
        ("internet-top-up-free", "success", "charged-once"),
        ("out-of-stock-charged", "recipes", "rejected-leaves-no-trace"),
        ("refused-duplicate-charged", "references", "rejected-leaves-no-trace"),
    ],
)
def test_what_was_paid_wrongly_is_paid_wrongly_again(found, serve, pasted, fault, family, rule):
    finding, url = found(fault, family, rule)
    recorded = paid(bodies(finding))
    assert recorded
    assert paid([pasted(finding.curl)]) == recorded
    assert paid([pasted(finding.curl.replace(url, serve()))]) != recorded


def test_a_race_shows_again(found, serve, pasted):
    finding, url = found("duplicate-race", "races", "duplicate-race")
    conforming = statuses(pasted(finding.curl.replace(url, serve())))
    again = statuses(pasted(finding.curl))
    assert len(again) == len(conforming) == len(finding.exchanges)
    racing = sum(one.step.startswith("racing#") for one in finding.exchanges)
    assert racing > 1
    assert conforming.count(403) == racing - 1
    assert again.count(403) < racing - 1


def test_answers_that_change_change_again(found, serve, pasted):
    finding, url = found("rejection-alternates", "stability", "rejection-stable")
    assert len(set(statuses(pasted(finding.curl)))) == 2
    assert len(set(statuses(pasted(finding.curl.replace(url, serve()))))) == 1


def test_different_orders_at_once_have_references_of_their_own(found, serve, pasted):
    finding, url = found("concurrent-debit-lost", "money", "ledger-balances")
    cost = sum(paid([pasted(finding.curl.replace(url, serve()))]))
    assert cost == 200 * sum(one.request.method == "POST" for one in finding.exchanges) > 200
    assert sum(paid([pasted(finding.curl)])) < cost


def test_a_command_sends_from_the_address_that_was_used(found):
    finding, _ = found("any-key-on-one-operation", "credentials", "credentials-checked")
    [evidence] = [one for one in finding.exchanges if one.number == finding.evidence]
    assert evidence.request.source is not None
    assert f"--interface {evidence.request.source} " in finding.curl


STUB = """#!/bin/bash
printf '%s\\0' "$@" > "$OUT"
for word in "$@"; do [ "$word" = @- ] && cat > "$OUT.body"; done
true
"""


@pytest.fixture(scope="module")
def received(tmp_path_factory):
    """What a program called curl gets from a command: its words, and its input where it reads that."""
    folder = tmp_path_factory.mktemp("stub")
    (folder / "curl").write_text(STUB)
    (folder / "curl").chmod(0o755)
    out = folder / "out"

    def words(script):
        assert subprocess.run(["/usr/bin/bash", "-n", "-c", script], check=False).returncode == 0
        (folder / "out.body").unlink(missing_ok=True)
        environment = ENVIRONMENT | {
            "PATH": f"{folder}:/usr/bin:/bin",
            "OUT": str(out),
            "RUN": "ec-run",
            "HOME": "/gone",
            "_": "x",
        }
        done = subprocess.run(["/usr/bin/bash", "-c", script], capture_output=True, env=environment, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        body = (folder / "out.body").read_bytes() if (folder / "out.body").exists() else None
        return out.read_bytes().split(b"\0")[:-1], body

    return words


TRAPS = [
    "'",
    '"',
    "$HOME",
    "${HOME}",
    "${RUN}",
    "`id`",
    "$(id)",
    "\\",
    "!",
    "!!",
    "%s",
    "-H",
    "@x",
    "ec-run",
    "\n",
    " ",
    "*",
    "~",
    "${_}",
    "&",
    "#",
]
TEXT = st.lists(
    st.sampled_from(TRAPS) | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=4),
    max_size=6,
).map("".join)
LINE = TEXT.map(lambda text: text.replace("\n", "").strip())
RELAXED = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def parts(words, option):
    return [after for word, after in pairwise(words) if word == option]


@RELAXED
@given(LINE, LINE, st.one_of(st.none(), TEXT.map(str.encode), st.binary(max_size=12)))
@example("${HOME}", "${HOME}", b"${HOME} ${RUN} ec-run")
@example("", "", b"")
@example("x", "?q=[1-3]{a,b}", b"\0ec-run\xff")
@example("$(id)", "'", b"@/etc/passwd")
@example("!!", "\\", b"it's\n")
def test_curl_gets_exactly_the_bytes_of_the_request(received, value, target, body):
    request = Request(
        method="PUT", target=f"/{target}", headers=(("X-Odd", value), ("X-Key", "${ERRORCONTRACT_TOKEN}")), body=body
    )
    words, fed = received(command(request, "http://h:1/base/", "ec-run"))
    assert words[: OPTIONS + 1] == [b"-sS", b"-i", b"-g", b"--path-as-is", b"-X", b"PUT"]
    headers = parts(words, b"-H")
    assert headers[:2] == [f"X-Odd: {value}".encode() if value else b"X-Odd;", b"X-Key: sandbox-key"]
    assert words[-1] == f"http://h:1/base/{target}".encode()
    data = parts(words, b"--data-binary")
    sent = None if not data else fed if data == [b"@-"] else data[0]
    assert sent == body


@pytest.mark.parametrize(("form", "filled"), [("%?", b"sandbox-ke"), ("^^", b"SANDBOX-KEY"), ("", b"sandbox-key")])
def test_the_shell_derives_wrong_credentials_as_the_wire_did(received, form, filled):
    request = Request(method="GET", target="/", headers=(("X-Key", f"a${{ERRORCONTRACT_TOKEN{form}}}b"),))
    assert b"X-Key: a" + filled + b"b" in received(command(request, "http://h", "ec-run"))[0]


def test_a_header_that_was_not_sent_is_not_added_by_curl(received):
    words, _ = received(command(Request(method="POST", target="/", body=b"{}"), "http://h", "ec-run"))
    assert parts(words, b"-H") == [b"Accept:", b"Content-Type:"]


def test_a_long_body_is_packed(received):
    body = b'{"a": "' + b"x" * 300_000 + b'"}'
    line = command(Request(method="POST", target="/", body=body), "http://h", "ec-run")
    assert len(line) < 2000
    assert received(line)[1] == body


def test_references_get_a_fresh_prefix(contract, pasted):
    kit = Kit(Build(contract, Names(run="ec-old")))
    operation = next(kit.referencing())
    case = kit.single("f", operation.id, "v", lambda: kit.build.request(operation.id), either("a cause"))
    request = case.steps[0].make({})
    exchange = Exchange(number=1, case=case.id, step="test", request=request, response=Response(status=200))
    script = commands(Trace(case=case, exchanges=((case.steps[0], exchange),)), "http://h", "ec-old")
    assert "ec-old" not in script
    assert script.startswith("RUN=")
    shown = pasted(script.replace("curl ", "printf '%s ' "))
    assert re.search(r'"ref": "ec-\d{15,}-\d+a"', shown)
