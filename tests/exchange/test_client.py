"""Whatever a target does with a request, the client brings back what came, or why nothing did."""

from __future__ import annotations

import gzip
import socket
import time
import zlib

import pytest

from errorcontract.exchange import Limits, Secrets
from errorcontract.model import Request

GET = Request(method="GET", target="/")


def test_an_answer_comes_back_as_it_was_sent(serve, exchange, whole):
    server = serve(
        whole(b'{"a": 1}', status="418 I am a teapot", headers=("X-One: 1", "x-one: 2", "Content-Type: text/json"))
    )
    [answer] = exchange(server.url)
    assert (answer.failure, answer.unreachable) == (None, False)
    response = answer.response
    assert (response.status, response.reason, response.body, response.cut) == (418, "I am a teapot", b'{"a": 1}', None)
    assert response.headers == (("Content-Length", "8"), ("X-One", "1"), ("x-one", "2"), ("Content-Type", "text/json"))
    assert response.header("X-ONE") == "1"


def test_a_request_goes_out_as_it_was_made(serve, exchange, whole):
    server = serve(whole())
    headers = (("X-Empty", ""), ("Accept", "text/x"), ("X-Twice", "1"), ("X-Twice", "2"))
    exchange(
        server.url + "/base/", Request(method="PUT", target="/a%2fb/../c?x=%00&y", headers=headers, body=b"\0\xff")
    )
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"PUT /base/a%2fb/../c?x=%00&y HTTP/1.1"
    assert [line for line in lines if line.startswith((b"X-", b"Accept"))] == [
        b"X-Empty: ",
        b"Accept: text/x",
        b"X-Twice: 1",
        b"X-Twice: 2",
    ]
    assert b"User-Agent" not in head
    assert b"Content-Type" not in head
    assert body == b"\0\xff"


def test_requests_share_a_connection(serve, exchange, whole):
    server = serve(whole())
    exchange(server.url, GET, GET, GET)
    assert (server.connections, len(server.requests)) == (1, 3)


def test_a_request_can_come_from_another_loopback_address(serve, exchange, whole):
    peers = []

    def script(connection, _):
        peers.append(connection.getpeername()[0])
        connection.sendall(whole())

    server = serve(script=script)
    exchange(server.url, GET, Request(method="GET", target="/", source="127.66.7.8"))
    assert peers == ["127.0.0.1", "127.66.7.8"]


def test_an_answer_in_chunks_is_put_together(serve, exchange):
    server = serve(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    [answer] = exchange(server.url)
    assert (answer.response.body, answer.response.cut) == (b"abcde", None)


def test_a_head_request_expects_no_body(serve, exchange, whole):
    server = serve(whole(b"", length=500))
    first, second = exchange(server.url, *[Request(method="HEAD", target="/")] * 2)
    assert (first.response.body, first.response.cut, first.failure) == (b"", None, None)
    assert second.response.status == 200


def test_a_body_over_the_limit_is_cut(serve, exchange, whole):
    server = serve(whole(b"x" * 300_000))
    [answer] = exchange(server.url, limits=Limits(body_bytes=1000))
    assert answer.response.cut == "longer than 1000 bytes; the rest was not read"
    assert answer.response.body.startswith(b"x" * 1000)
    assert answer.failure is None


def test_a_body_without_end_is_cut_at_the_limit(serve, exchange):
    def script(connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    [answer] = exchange(serve(script=script).url, limits=Limits(body_bytes=100_000))
    assert answer.response.cut.startswith("longer than 100000 bytes")


def coded(whole, coding, body):
    return whole(body, headers=(f"Content-Encoding: {coding}",))


def raw_deflate(body):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("identity", bytes),
        ("deflate, gzip", lambda body: gzip.compress(zlib.compress(body))),
    ],
)
def test_a_content_coding_is_undone(serve, exchange, whole, coding, pack):
    [answer] = exchange(serve(coded(whole, coding, pack(b'{"a": 1}'))).url)
    assert (answer.response.body, answer.response.cut) == (b'{"a": 1}', None)


@pytest.mark.parametrize(
    "pack", [gzip.compress, zlib.compress, raw_deflate, lambda body: gzip.compress(gzip.compress(body))]
)
def test_a_small_answer_that_expands_without_measure_is_cut(serve, exchange, whole, pack):
    bomb = pack(b"\0" * 30_000_000)
    coding = (
        "gzip, gzip"
        if bomb[:2] == b"\x1f\x8b" and len(bomb) < 1000
        else "gzip"
        if bomb[:2] == b"\x1f\x8b"
        else "deflate"
    )
    [answer] = exchange(serve(coded(whole, coding, bomb)).url, limits=Limits(body_bytes=50_000))
    assert answer.response.cut == "expands to more than 50000 bytes"
    assert len(answer.response.body) == 50_000


def test_an_unknown_coding_is_told_and_the_body_left_as_it_is(serve, exchange, whole):
    [answer] = exchange(serve(coded(whole, "br", b"abc")).url)
    assert (answer.response.body, answer.response.cut) == (b"abc", "sent in the coding 'br', which was not asked for")


def test_a_coding_that_is_not_what_it_says_is_told(serve, exchange, whole):
    [answer] = exchange(serve(coded(whole, "gzip", b'{"plain": true}')).url)
    assert (answer.response.body, answer.response.cut) == (b'{"plain": true}', "announced as gzip but is not")


def test_a_coded_body_that_ends_early_is_not_taken_for_whole(serve, exchange, whole):
    packed = gzip.compress(bytes(range(256)) * 40)
    [answer] = exchange(serve(coded(whole, "gzip", packed[: len(packed) // 2])).url)
    assert answer.response.cut is not None


def test_a_body_shorter_than_announced_is_told(serve, exchange, whole):
    [answer] = exchange(serve(whole(b"abc", length=10), closes=True).url)
    assert answer.failure == "the connection ended before the body was complete"
    assert (answer.response.status, answer.response.body, answer.response.cut) == (200, b"abc", answer.failure)


def test_chunks_that_break_off_are_told(serve, exchange):
    [answer] = exchange(serve(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc", closes=True).url)
    assert answer.failure == "the connection ended before the body was complete"


def test_a_connection_closed_without_an_answer_is_told_and_nothing_is_sent_again(serve, exchange):
    server = serve(b"", closes=True)
    [answer] = exchange(server.url, Request(method="GET", target="/"))
    assert (answer.response, answer.unreachable) == (None, False)
    assert answer.failure == "the connection was closed without an answer"
    assert len(server.requests) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_kept_connection_that_is_dropped_leads_to_no_second_request(serve, exchange, whole, method):
    def script(connection, request):
        if b"/first" in request:
            connection.sendall(whole())
        else:
            connection.shutdown(socket.SHUT_RDWR)

    server = serve(script=script)
    first, second = exchange(
        server.url, Request(method="GET", target="/first"), Request(method=method, target="/second")
    )
    assert first.response.status == 200
    assert second.failure == "the connection was closed without an answer"
    assert [request.split()[1] for request in server.requests] == [b"/first", b"/second"]


@pytest.mark.parametrize(
    "garbage",
    [b"SSH-2.0-OpenSSH_9.6\r\n\r\n", b"\0" * 100, b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n{}"],
)
def test_what_is_not_http_is_told(serve, exchange, garbage):
    [answer] = exchange(serve(garbage, closes=True).url)
    assert answer.response is None
    assert answer.failure.startswith("the answer is not HTTP")


def test_a_target_where_nothing_listens_is_unreachable(exchange):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    [answer] = exchange(f"http://127.0.0.1:{port}")
    assert (answer.response, answer.unreachable) == (None, True)
    assert answer.failure.startswith("no connection: ")


def test_silence_ends_at_the_limit_of_time(serve, exchange):
    [answer] = exchange(serve(script=lambda *_: time.sleep(5)).url, limits=Limits(seconds=0.3))
    assert (answer.response, answer.failure) == (None, "no complete answer within 0.3 s")


def test_an_endless_drip_ends_at_the_limit_of_time(serve, exchange):
    def script(connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)

    [answer] = exchange(serve(script=script).url, limits=Limits(seconds=0.3))
    assert answer.failure == "the body did not end within 0.3 s"
    assert answer.response.status == 200
    assert answer.response.cut == answer.failure


def test_a_redirect_is_recorded_and_not_followed(serve, exchange, whole):
    other = serve(whole())
    server = serve(whole(status="307 Temporary Redirect", headers=(f"Location: {other.url}/else",)))
    [answer] = exchange(server.url, Request(method="POST", target="/", body=b"{}"))
    assert (answer.response.status, answer.response.header("Location")) == (307, f"{other.url}/else")
    assert (len(server.requests), len(other.requests)) == (1, 0)


def test_cookies_are_not_sent_back(serve, exchange, whole):
    server = serve(whole(headers=("Set-Cookie: session=abc; Path=/",)))
    exchange(server.url, GET, GET)
    assert len(server.requests) == 2
    assert b"cookie" not in b"".join(server.requests).lower()


def test_a_proxy_of_the_environment_is_not_asked(serve, exchange, whole, monkeypatch):
    proxy, server = serve(whole()), serve(whole())
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    exchange(server.url)
    assert (len(server.requests), len(proxy.requests)) == (1, 0)


def test_headers_that_are_not_utf8_come_back_as_text(serve, exchange):
    [answer] = exchange(
        serve(b"HTTP/1.1 200 OK\r\nX-Odd: caf\xe9\r\nX-Arabic: \xd9\x85\r\nContent-Length: 0\r\n\r\n").url
    )
    assert answer.response.header("X-Odd").startswith("caf")
    assert answer.response.header("X-Odd").encode()
    assert answer.response.header("X-Arabic") == "م"


@pytest.mark.parametrize(
    ("header", "on_the_wire"),
    [
        ("${ERRORCONTRACT_TOKEN}", b"aB-secret-9z"),
        ("Bearer ${ERRORCONTRACT_TOKEN}x", b"Bearer aB-secret-9zx"),
        ("${ERRORCONTRACT_TOKEN%?}", b"aB-secret-9"),
        ("${ERRORCONTRACT_TOKEN^^}", b"AB-SECRET-9Z"),
        ("${OTHER}", b"${OTHER}"),
    ],
)
def test_placeholders_are_filled_on_the_wire_only(serve, exchange, whole, header, on_the_wire):
    server = serve(whole())
    request = Request(method="GET", target="/", headers=(("X-Key", header),))
    exchange(server.url, request, secrets=Secrets(values={"ERRORCONTRACT_TOKEN": "aB-secret-9z"}))
    assert b"X-Key: " + on_the_wire + b"\r\n" in server.requests[0]
    assert request.headers == (("X-Key", header),)


def test_extra_headers_of_the_user_go_with_every_request(serve, exchange, whole):
    server = serve(whole())
    secrets = Secrets(
        values={"TENANT_KEY": "tenant-secret"}, extra_headers=(("X-Tenant", "${TENANT_KEY}"), ("X-Run", "1"))
    )
    exchange(server.url, GET, GET, secrets=secrets)
    assert all(b"X-Tenant: tenant-secret\r\n" in request and b"X-Run: 1\r\n" in request for request in server.requests)


def test_secrets_are_not_shown_by_repr():
    assert "aB-secret" not in repr(Secrets(values={"ERRORCONTRACT_TOKEN": "aB-secret"}))
