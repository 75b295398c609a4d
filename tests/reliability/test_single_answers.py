"""What becomes of each hostile answer by itself."""

from __future__ import annotations

import asyncio
import re
import time

import pytest

from errorcontract.exchange import Client, Limits, Mask, Secrets
from errorcontract.model import Request

from .hostile import BEHAVIOURS, HERE, Hostile

GET = Request(method="GET", target="/", headers=(("Authorization", "Bearer ${ERRORCONTRACT_TOKEN}"),))
SECRETS = Secrets(values={"ERRORCONTRACT_TOKEN": "sandbox-key-4711"})
SECONDS = 0.8

LATE = rf"no complete answer within {SECONDS} s"
UNENDED = rf"the body did not end within {SECONDS} s"
LONG = r"longer than 2097152 bytes; the rest was not read"
HEAD = r"the answer's header section is larger than (1000 lines|65536 bytes)"
SHORT = r"the connection ended before the body was complete"
NOT_HTTP = r"the answer is not HTTP: .+"
CLOSED = r"the connection (was closed without an answer|was closed in the head of the answer|broke off)"
EXPANDS = r"expands to more than (2097152 bytes|100 parts)"
UNASKED = r"sent in the coding .+, which was not asked for"

TROUBLE = {
    "never answers": LATE,
    "falls silent in the head": LATE,
    "falls silent in the body": UNENDED,
    "drips its head, a byte a second": LATE,
    "drips its body, a byte a second": UNENDED,
    "drips chunks, a byte a second": UNENDED,
    "drips interim answers": LATE,
    "a body without end, in chunks": LONG,
    "a body without end, until the connection closes": LONG,
    "a body of 5 GB, that says so": LONG,
    "chunks of one byte without end": rf"{LONG}|{UNENDED}",
    "a line of the head without end": HEAD,
    "a reason without end": HEAD,
    "headers without end": HEAD,
    "trailers without end": HEAD,
    "an extension of a chunk without end": HEAD,
    "a million headers": HEAD,
    "a header line of 1 MB": HEAD,
    "a name of 1 MB in the head": HEAD,
    "interim answers without end, 100": NOT_HTTP,
    "interim answers without end, 103": NOT_HTTP,
    "expands a thousandfold, gzip": EXPANDS,
    "expands a thousandfold, deflate": EXPANDS,
    "expands a thousandfold, deflate without its head": EXPANDS,
    "expands a thousandfold, br": UNASKED,
    "expands a thousandfold, zstd": UNASKED,
    "expands a millionfold, gzip in gzip": EXPANDS,
    "expands a millionfold, gzip in gzip in br": UNASKED,
    "a hundred codings, one in another": r"sent in 100 codings one in another, .+",
    "a hundred thousand members of gzip": EXPANDS,
    "says gzip and is not": r"announced as gzip but is not",
    "gzip that breaks off": r"ends before its gzip coding does",
    "a coding that nobody knows": UNASKED,
    "promises more than it sends": SHORT,
    "a coding of the transfer that nobody knows": SHORT,
    "a chunk whose size overflows": SHORT,
    "a huge chunk that does not come": SHORT,
    "a chunk whose size is none": SHORT,
    "a negative chunk": SHORT,
    "no last chunk": SHORT,
    "chunks without line breaks": SHORT,
    "closes after the head": SHORT,
    "closes in the body": SHORT,
    "resets in the body": SHORT,
    "a negative length": NOT_HTTP,
    "two lengths": NOT_HTTP,
    "two lengths in one line": NOT_HTTP,
    "a length that overflows": NOT_HTTP,
    "a length in hexadecimal": NOT_HTTP,
    "a length and chunks": NOT_HTTP,
    "HTTP/0.9": NOT_HTTP,
    "another protocol": NOT_HTTP,
    "HTTP/2": NOT_HTTP,
    "HTTP/9.9": NOT_HTTP,
    "a status of five digits": NOT_HTTP,
    "the status 000": NOT_HTTP,
    "a header without a colon": NOT_HTTP,
    "NUL in a header": NOT_HTTP,
    "closes without an answer": CLOSED,
    "closes in the status line": CLOSED,
    "closes in the head": CLOSED,
    "resets without an answer": CLOSED,
    "resets in the head": CLOSED,
}
"""All others are answers that can be judged."""

AT_THE_DOOR = {
    "TLS that ends in the handshake": "the connection was closed in the TLS handshake|TLS failed: .+",
    "TLS that is reset in the handshake": "Connection reset by peer",
    "TLS that falls silent in the handshake": "none within 0.4 s",
    "TLS that is garbage": "TLS failed: .+",
    "a certificate that nobody vouches for": "the certificate is refused: self-signed certificate",
    "a certificate that has expired": "the certificate is refused: certificate has expired",
}
JUDGED = sorted(set(BEHAVIOURS) - set(TROUBLE) - set(AT_THE_DOOR) - {"TLS that ends in the body", "leaves"})


@pytest.fixture
def ask(monkeypatch):
    """The answers to two requests that follow one another, and the server."""

    def asked(name, trusted="", pause=0.0):
        async def work(url):
            client = Client(url, SECRETS, Mask(SECRETS.values.values()), Limits(seconds=SECONDS, connect_seconds=0.4))
            first = await client.send(GET)
            time.sleep(pause)  # noqa: ASYNC251 - the loop stands still, as while answers are judged
            second = await client.send(GET)
            await client.close()
            return first, second

        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(HERE / trusted))
        with Hostile(name) as server:
            return asyncio.run(work(server.url)), server

    return asked


@pytest.mark.parametrize("name", TROUBLE)
def test_it_is_told_what_is_wrong_with(ask, name):
    answers, _ = ask(name)
    for answer in answers:
        told = answer.failure or answer.response.cut
        assert re.fullmatch(TROUBLE[name], told), told
        assert told.isprintable()
        assert answer.response is None or len(answer.response.body) <= 128 * 1024


@pytest.mark.parametrize("name", AT_THE_DOOR)
def test_no_connection_is_made_with(ask, name):
    answers, server = ask(name, "expired.pem" if "expired" in name else "")
    for answer in answers:
        assert answer.unreachable
        assert re.fullmatch(f"no connection: ({AT_THE_DOOR[name]})", answer.failure), answer.failure
    assert server.requests == []


def test_tls_that_ends_in_the_body_gives_no_whole_answer(ask):
    answers, _ = ask("TLS that ends in the body", "good.pem")
    assert [answer.failure for answer in answers] == [SHORT] * 2
    assert answers[0].response.body == b"{"


@pytest.mark.parametrize("name", JUDGED)
def test_it_can_be_judged(ask, name):
    first, _ = ask(name)[0]
    assert (first.failure, first.response.cut) == (None, None)
    assert first.response.status >= 100
    assert len(first.response.body) <= 2 * 1024 * 1024


@pytest.mark.parametrize("name", ["a second answer at once", "a second answer a moment later"])
def test_an_answer_that_nobody_asked_for_is_never_taken_for_the_next(ask, name):
    answers, server = ask(name, pause=0.2)
    assert [answer.response.body for answer in answers] == [b"{}"] * 2
    assert server.connections == 2


def test_what_comes_behind_an_answer_is_noticed(ask):
    assert all(answer.trailed for answer in ask("sends more than it promised")[0])


@pytest.mark.parametrize("name", [name for name in JUDGED if name.startswith("redirects")])
def test_a_redirect_is_not_followed(ask, name):
    answers, server = ask(name)
    assert len(server.requests) == len(answers) == 2
    assert {request.split(b" ")[1] for request in server.requests} == {b"/"}


def test_a_cookie_is_neither_kept_nor_sent(ask):
    _, server = ask("cookies for others")
    assert all(b"ookie" not in request for request in server.requests)
