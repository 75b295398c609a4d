"""Bytes after an answer that has no body by its kind are noticed, and never taken for the next answer."""

from __future__ import annotations

import time

import pytest

from errorcontract.model import Request

GET = Request(method="GET", target="/")
HEAD = Request(method="HEAD", target="/")
NO_CONTENT = b"HTTP/1.1 204 No Content\r\n"
UNCHANGED = b"HTTP/1.1 304 Not Modified\r\n"
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def ask(serve, exchange):
    """The response to a request that a server answers with some bytes, and with others a moment later."""

    def asked(request, head, more=b"", pause=0.0):
        def send(connection, _):
            connection.sendall(head)
            time.sleep(pause)
            connection.sendall(more)

        [answer] = exchange(serve(script=send).url, request)
        return answer.response

    return asked


@pytest.mark.parametrize(
    ("request_", "head"),
    [
        (GET, NO_CONTENT + b"\r\n"),
        (GET, NO_CONTENT + b"Content-Length: 5\r\n\r\n"),
        (GET, NO_CONTENT + b"Connection: close\r\n\r\n"),
        (GET, UNCHANGED + b"\r\n"),
        (HEAD, OK + b"Content-Length: 5\r\n\r\n"),
        (HEAD, OK + b"\r\n"),
    ],
)
@pytest.mark.parametrize("pause", [0, 0.001])
def test_a_body_where_none_belongs_is_noticed(ask, request_, head, pause):
    response = ask(request_, head, b"hello", pause)
    assert response.surplus
    assert (response.body, response.cut) == (b"", None)


def test_a_chunked_body_where_none_belongs_is_noticed(ask):
    assert ask(GET, UNCHANGED + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nhello\r\n0\r\n\r\n").surplus


@pytest.mark.parametrize(
    ("request_", "head"),
    [
        (GET, NO_CONTENT + b"\r\n"),
        (GET, UNCHANGED + b"Content-Length: 120\r\n\r\n"),
        (HEAD, OK + b"Content-Length: 120\r\n\r\n"),
        (GET, OK + b"Content-Length: 0\r\n\r\n"),
    ],
)
def test_an_answer_that_ends_with_its_head_has_no_surplus(ask, request_, head):
    assert not ask(request_, head).surplus
