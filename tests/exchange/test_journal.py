"""The journal: whole lines of JSON, without secrets, whoever writes them."""

from __future__ import annotations

import base64
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorcontract.exchange import Journal, Mask, Secrets
from errorcontract.model import HIDDEN, Exchange, Request, Response

SECRET = 'q"8/Ünder+the\\rug=='
ASCII_SECRET = "sandbox-key-4711"


@pytest.fixture
def journal(journal_path):
    opened = Journal(journal_path, "a contract", Mask([SECRET, ASCII_SECRET]))
    yield opened
    opened.close()


def exchanged(response=None, *, body=None, target="/", headers=(), failure=None):
    request = Request(method="POST", target=target, headers=headers, body=body)
    return Exchange(number=1, case="a case", step="test", request=request, response=response, failure=failure)


def test_an_exchange_is_a_line_with_all_that_was_sent_and_came(journal, journal_lines, case):
    response = Response(
        status=201, reason="Created", headers=(("X-One", "1"), ("X-One", "2")), body=b'{"a": "\xd9\x85"}'
    )
    sent = exchanged(response, body=b"{}", target="/a?b=%20", headers=(("Accept", "*/*"),))
    journal.exchange(sent, case("a case", "/"), "http://h:1/base")
    [line] = journal_lines()
    assert line.pop("started") == 0.0
    assert line.pop("seconds") == 0
    assert line == {
        "type": "exchange",
        "run": "a contract",
        "family": "a family",
        "operation": None,
        "to": None,
        "cause": None,
        "number": 1,
        "case": "a case",
        "step": "test",
        "failure": None,
        "request": {
            "method": "POST",
            "url": "http://h:1/base/a?b=%20",
            "headers": [["Accept", "*/*"]],
            "body": "{}",
            "base64": False,
        },
        "response": {
            "status": 201,
            "reason": "Created",
            "headers": [["X-One", "1"], ["X-One", "2"]],
            "body": '{"a": "م"}',
            "base64": False,
            "cut": None,
        },
    }


def test_an_exchange_names_what_it_was_sent_to_beside_what_its_case_is_about(journal, journal_lines, case):
    request = Request(method="GET", target="/balance", headers=(), body=None, operation="getBalance")
    asked = Exchange(number=1, case="a case", step="before", request=request, response=None, failure="reset")
    journal.exchange(asked, case("a case", "/"), "http://h:1")
    [line] = journal_lines()
    assert (line["operation"], line["to"]) == (None, "getBalance")


def test_a_missing_answer_is_told(journal, journal_lines, case):
    journal.exchange(exchanged(failure="silence"), case("a case", "/"), "http://h")
    [line] = journal_lines()
    assert (line["response"], line["failure"]) == (None, "silence")


def test_bytes_that_are_no_text_are_kept_in_base64(journal, journal_lines, case):
    journal.exchange(exchanged(Response(status=200, body=b"\xff\0"), body=b"\xfe"), case("a case", "/"), "http://h")
    [line] = journal_lines()
    assert (base64.b64decode(line["response"]["body"]), line["response"]["base64"]) == (b"\xff\0", True)
    assert (base64.b64decode(line["request"]["body"]), line["request"]["base64"]) == (b"\xfe", True)


def test_long_bodies_are_cut_and_say_so(journal, journal_lines, case):
    long = Response(status=200, body=b"x" * 100_000)
    journal.exchange(exchanged(long, body=b"y" * 100_000), case("a case", "/"), "http://h")
    [line] = journal_lines()
    for part in (line["request"], line["response"]):
        assert (len(part["body"]), part["cut"]) == (16384, "kept are 16384 of 100000 bytes")


@given(
    st.dictionaries(st.text(), st.recursive(st.text() | st.integers() | st.none(), st.lists, max_leaves=4), max_size=4),
    st.text(st.characters(), max_size=6),
)
def test_any_line_is_one_line_of_json_in_utf8(tmp_path_factory, told, odd):
    path = tmp_path_factory.mktemp("journal") / "journal.ndjson"
    written = Journal(path, "a contract", Mask([]))
    written.write("note", {"told": told, "odd": odd})
    written.write("note", {"text": "\u2028 \x85 \n"})
    written.close()
    first, second, end = path.read_bytes().decode().split("\n")
    assert json.loads(first)["told"] == json.loads(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))
    assert json.loads(second)["text"] == "\u2028 \x85 \n"
    assert end == ""


def spellings(secret):
    raw = secret.encode()
    escaped = "".join(f"\\u{ord(char):04x}" for char in secret)
    coded = [base64.b64encode(b"x" * shift + raw + b"y" * 3).decode() for shift in range(3)]
    return [secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], escaped, *coded]


@pytest.mark.parametrize("secret", [SECRET, ASCII_SECRET])
@pytest.mark.parametrize("place", ["body", "header", "target", "reason", "failure", "sent body", "sent header"])
def test_no_spelling_of_a_secret_reaches_the_journal(journal, journal_path, case, secret, place):
    for form in spellings(secret):
        response = Response(
            status=200,
            reason=form if place == "reason" else "OK",
            headers=(("X-Debug", form),) if place == "header" else (),
            body=f'{{"echo": "{form}"}}'.encode() if place == "body" else b"",
        )
        journal.exchange(
            exchanged(
                response,
                failure=form if place == "failure" else None,
                target=f"/{form}" if place == "target" else "/",
                body=form.encode() if place == "sent body" else None,
                headers=(("X-Key", form),) if place == "sent header" else (),
            ),
            case("a case", "/"),
            "http://h",
        )
    kept = journal_path.read_text("utf-8")
    lines = kept.splitlines()
    assert len(lines) == len(spellings(secret))
    assert all(HIDDEN in line for line in lines)
    assert not [form for form in spellings(secret) if json.dumps(form, ensure_ascii=False)[1:-1] in kept]


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=8, max_size=30),
    st.text(max_size=15),
    st.text(max_size=15),
)
def test_whatever_the_secret_and_the_text_around_it_the_line_is_whole_and_clean(
    tmp_path_factory, secret, before, after
):
    path = tmp_path_factory.mktemp("journal") / "journal.ndjson"
    written = Journal(path, "a contract", Mask([secret]))
    written.write("note", {"kept": before + secret + after})
    written.close()
    line = json.loads(path.read_text("utf-8"))
    if secret not in HIDDEN + before + after + '{"type":"note","run":"a contract","kept":""}':
        assert secret not in line["kept"].replace(HIDDEN, "\0")


def test_a_secret_that_a_target_answers_reaches_no_exchange(serve, play, whole, case, journal_path):
    forms = spellings(ASCII_SECRET)
    body = json.dumps(forms).encode()
    server = serve(whole(body, headers=tuple(f"X-{number}: {form}" for number, form in enumerate(forms))))
    secrets = Secrets(values={"ERRORCONTRACT_TOKEN": ASCII_SECRET})
    asked = case("a case", "/", headers=(("X-Key", "${ERRORCONTRACT_TOKEN}"),))
    [trace] = play(server.url, asked, secrets=secrets)
    [(_, exchange)] = trace.exchanges
    kept = [repr(exchange), exchange.response.body.decode(), journal_path.read_text("utf-8")]
    assert ASCII_SECRET.encode() in server.requests[0]
    assert not [form for form in forms for text in kept if form in text]
    assert exchange.request.header("X-Key") == "${ERRORCONTRACT_TOKEN}"


WRITER = """
import sys
from pathlib import Path
from errorcontract.exchange import Journal, Mask
journal = Journal(Path(sys.argv[1]), sys.argv[2], Mask([]))
for number in range(200):
    journal.write("note", {"number": number, "text": sys.argv[2] * (number * 97 % 5000)})
"""


def test_lines_of_several_processes_are_never_torn(journal_path, journal_lines):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(journal_path), name]) for name in "abc"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    lines = journal_lines()
    assert len(lines) == 600
    for name in "abc":
        own = [line for line in lines if line["run"] == name]
        assert [line["number"] for line in own] == list(range(200))
        assert all(set(line["text"]) <= {name} for line in own)


def lengths(line):
    return [len(line[part]["body"]) for part in ("request", "response")]


def test_of_very_many_long_bodies_only_the_start_is_kept(journal, journal_path, journal_lines, case):
    long = exchanged(Response(status=200, body=b"x" * 200_000), body=b"{}")
    for _ in range(1000):
        journal.exchange(long, case("a case", "/"), "http://h")
    lines = journal_lines()
    assert (lengths(lines[0]), lengths(lines[-1])) == ([2, 16384], [2, 1024])
    assert lines[-1]["response"]["cut"] == "kept are 1024 of 200000 bytes"
    assert journal_path.stat().st_size < 14_000_000


def test_short_bodies_are_kept_whole_after_however_many_long_ones(journal, journal_lines, case):
    long = exchanged(Response(status=200, body=b"x" * 200_000))
    for _ in range(1000):
        journal.exchange(long, case("a case", "/"), "http://h")
    journal.exchange(exchanged(Response(status=200, body=b"y" * 1000)), case("a case", "/"), "http://h")
    assert lengths(journal_lines()[-1])[1] == 1000


def test_evidence_is_kept_longer(journal):
    body = "م".encode() * 60_000
    described = journal.describe(exchanged(Response(status=200, body=body)), "http://h", 128 * 1024)
    assert (described["response"]["body"], described["response"]["cut"]) == (body.decode(), None)


@pytest.mark.parametrize("start", range(4))
def test_a_body_is_not_cut_inside_a_character(journal, start):
    body = b"a" * start + "𞸀".encode() * 20_000
    described = journal.describe(exchanged(Response(status=200, body=body)), "http://h")
    assert not described["response"]["base64"]
    assert len(described["response"]["body"].encode()) in range(16384 - 8, 16385)
