"""When a connection carries the next request, when it must not, and how much of an answer is read."""

from __future__ import annotations

import asyncio
import gc
import shutil
import socket
import ssl
import subprocess
import threading
import time
import warnings
from contextlib import suppress

import pytest
import uvloop

from errorcontract.exchange import Client, Limits, Mask, Secrets
from errorcontract.model import Request

GET = Request(method="GET", target="/")
HEAD = Request(method="HEAD", target="/")


def on_own_loop(work, factory=None):
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(work())


@pytest.mark.parametrize("factory", [None, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def test_a_kept_connection_is_used_again_and_given_back_at_the_end(serve, whole, factory):
    server = serve(whole())

    async def work():
        client = Client(server.url, Secrets(), Mask([]), Limits())
        answers = [await client.send(GET) for _ in range(5)]
        await client.close()
        return answers

    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        answers = on_own_loop(work, factory)
        gc.collect()
    assert [answer.response.status for answer in answers] == [200] * 5
    assert server.connections == 1


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nconnection: Foo, Close\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}\0\0garbage",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}H",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}garbage",
    ],
)
def test_a_connection_is_not_used_again_after(serve, exchange, sent):
    server = serve(sent)
    answers = exchange(server.url, GET, GET)
    assert [(answer.failure, answer.response.body) for answer in answers] == [(None, b"{}")] * 2
    assert server.connections == 2


def test_a_connection_of_http_1_0_is_used_again_where_the_server_keeps_it(serve, exchange):
    server = serve(b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}")
    exchange(server.url, GET, GET)
    assert server.connections == 1


def test_an_old_connection_is_not_used_again(serve, whole):
    server = serve(whole())

    async def work():
        client = Client(server.url, Secrets(), Mask([]), Limits())
        await client.send(GET)
        time.sleep(1.6)  # noqa: ASYNC251 - the loop stands still, as between two volleys
        await client.send(GET)
        await client.close()

    on_own_loop(work)
    assert server.connections == 2


def test_idle_connections_are_closed_in_time(serve):
    closed = threading.Event()

    def script(connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        connection.recv(1)
        closed.set()

    server = serve(script=script)

    async def work():
        client = Client(server.url, Secrets(), Mask([]), Limits())
        await client.send(GET)
        await asyncio.sleep(2)
        assert closed.is_set()
        await client.close()

    on_own_loop(work)


def test_garbage_while_nothing_is_asked_ends_the_connection(serve):
    def script(connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        time.sleep(0.1)
        connection.sendall(b"HTTP/1.1 408 Timeout\r\nContent-Length: 0\r\n\r\n")

    server = serve(script=script)

    async def work():
        client = Client(server.url, Secrets(), Mask([]), Limits())
        await client.send(GET)
        await asyncio.sleep(0.3)
        answer = await client.send(GET)
        await client.close()
        return answer.response.status

    assert on_own_loop(work) == 200
    assert server.connections == 2


@pytest.mark.parametrize("late", [False, True])
def test_a_body_after_head_is_not_taken_for_the_next_answer(serve, exchange, whole, late):
    def script(connection, request):
        sent = whole(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")
        head, end, body = sent.partition(b"\r\n\r\n")
        if late and request.startswith(b"HEAD"):
            connection.sendall(head + end)
            time.sleep(0.1)
            connection.sendall(body)
        else:
            connection.sendall(sent)

    first, second = exchange(serve(script=script).url, HEAD, GET)
    assert (first.failure, first.response.status, first.response.body) == (None, 200, b"")
    assert second.response.status == 200


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
def test_a_body_after_an_answer_without_one_is_not_taken_for_the_next_answer(serve, exchange, whole, status):
    first, second = exchange(serve(whole(b"abc", status=status)).url, GET, GET)
    assert (first.failure, first.response.body) == (None, b"")
    assert (second.failure, second.response.body) == (None, b"")


def test_an_answer_without_content_leaves_the_connection_usable(serve, exchange):
    server = serve(b"HTTP/1.1 204 No Content\r\n\r\n")
    exchange(server.url, GET, GET)
    assert server.connections == 1


def test_a_body_that_lasts_until_the_connection_closes_is_whole(serve, exchange):
    [answer] = exchange(serve(b"HTTP/1.1 200 OK\r\n\r\nabc", closes=True).url)
    assert (answer.failure, answer.response.body, answer.response.cut) == (None, b"abc", None)


def test_trailers_are_left_out_and_the_connection_stays(serve, exchange):
    server = serve(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n")
    first, second = exchange(server.url, GET, GET)
    assert (first.response.body, first.response.headers) == (b"abc", (("Transfer-Encoding", "chunked"),))
    assert second.failure is None
    assert server.connections == 1


def test_chunks_that_are_none_end_the_body(serve, exchange):
    [answer] = exchange(serve(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n").url)
    assert answer.failure == "the connection ended before the body was complete"
    assert answer.response.body == b"abc"


def test_interim_answers_are_passed_over(serve, exchange, whole):
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
    server = serve(interim + whole(b"{}"))
    first, second = exchange(server.url, GET, GET)
    assert (first.response.status, first.response.reason) == (200, "OK")
    assert first.response.headers == (("Content-Length", "2"),)
    assert second.response.status == 200
    assert server.connections == 1


def test_interim_answers_without_end_are_told(serve, exchange):
    def script(connection, _):
        while True:
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 10)

    [answer] = exchange(serve(script=script).url, limits=Limits(seconds=5))
    assert (answer.response, answer.failure) == (None, "the answer is not HTTP: more than 50 interim answers")


@pytest.mark.parametrize(
    ("headers", "size"),
    [
        (b"X-A: 1\r\n" * 1001, "1000 lines"),
        (b"X-A: " + b"x" * 66_000 + b"\r\n", "65536 bytes"),
        ((b"X-A: " + b"x" * 600 + b"\r\n") * 200, "65536 bytes"),
    ],
)
def test_a_header_section_over_the_limit_is_told(serve, exchange, headers, size):
    [answer] = exchange(serve(b"HTTP/1.1 200 OK\r\n" + headers + b"Content-Length: 2\r\n\r\n{}").url)
    assert (answer.response, answer.failure) == (None, f"the answer's header section is larger than {size}")


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 OK\r\nX-A: ",
        b"HTTP/1.1 200 ",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ",
    ],
)
def test_a_line_without_end_is_told(serve, exchange, start):
    def script(connection, _):
        connection.sendall(start)
        while True:
            connection.sendall(b"x" * 10_000)

    [answer] = exchange(serve(script=script).url, limits=Limits(seconds=5))
    assert answer.failure == "the answer's header section is larger than 65536 bytes"


def test_an_answer_byte_by_byte_is_put_together(serve, exchange, whole):
    def script(connection, _):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in whole(b"abc", headers=("X-Long: value",)):
            connection.sendall(bytes([byte]))
            time.sleep(0.001)

    [answer] = exchange(serve(script=script).url)
    assert (answer.response.reason, answer.response.header("X-Long"), answer.response.body) == ("OK", "value", b"abc")


@pytest.mark.parametrize(
    "request_",
    [
        Request(method="GET\r\n", target="/"),
        Request(method="GET", target="/", headers=(("X-A", "1\r\nX-B: 2"),)),
        Request(method="GET", target="/", headers=(("X-A", "1\nX-B: 2"),)),
        Request(method="GET", target="/", headers=(("X-A\r\nX-B", "1"),)),
        Request(method="GET", target="/", headers=(("X-A", "1\0"),)),
        Request(method="GET", target="/", headers=(("X-A", "${TOKEN}"),)),
        Request(method="GET", target="/ HTTP/1.1\r\nX-A: 1\r\n\r\n"),
        Request(method="GET", target="/", headers=(("X-م", "1"),)),
        Request(method="GET", target="/", headers=(("X-A", "\udcff"),)),
    ],
)
def test_what_can_not_stand_in_a_head_is_not_sent(serve, exchange, whole, request_):
    server = serve(whole())
    [answer] = exchange(server.url, request_, secrets=Secrets(values={"TOKEN": "secret\r\nX-B: 1"}))
    assert (answer.response, answer.unreachable, server.connections) == (None, False, 0)
    assert answer.failure.startswith("the request can't be sent: ")
    assert "secret" not in answer.failure


def lines_of(server):
    return [request.partition(b"\r\n\r\n")[0].split(b"\r\n") for request in server.requests]


def test_what_a_request_consists_of(serve, exchange, whole):
    server = serve(whole())
    headers = (("X-Name", "يوم"), ("x-low", "1"))
    exchange(
        server.url,
        Request(method="DELETE", target="/a?b", headers=headers),
        Request(method="POST", target="/"),
        Request(method="GET", target="/", body=b""),
    )
    host = b"Host: " + server.url.removeprefix("http://").encode()
    assert lines_of(server) == [
        [b"DELETE /a?b HTTP/1.1", host, "X-Name: يوم".encode(), b"x-low: 1"],
        [b"POST / HTTP/1.1", host, b"Content-Length: 0"],
        [b"GET / HTTP/1.1", host, b"Content-Length: 0"],
    ]


def test_a_header_that_the_case_sets_stands_for_ours(serve, exchange, whole):
    server = serve(whole())
    own = (("content-length", "2"), ("HOST", "other"))
    exchange(server.url, Request(method="POST", target="/", headers=own, body=b"{}"), GET)
    assert lines_of(server)[0] == [b"POST / HTTP/1.1", b"content-length: 2", b"HOST: other"]
    assert server.connections == 2


def test_requests_wait_in_line_for_a_connection(serve, whole):
    def script(connection, _):
        time.sleep(0.01)
        connection.sendall(whole())

    server = serve(script=script)

    async def work():
        client = Client(server.url, Secrets(), Mask([]), Limits(connections=2))
        await asyncio.gather(*(client.send(Request(method="GET", target=f"/{n:02}")) for n in range(20)))
        await client.close()

    on_own_loop(work)
    assert (server.connections, server.most_under_way) == (2, 2)
    order = [int(lines[0].split()[1][1:]) for lines in lines_of(server)]
    assert all(abs(place - number) <= 1 for place, number in enumerate(order))


def test_waiting_in_line_counts_for_the_limit_of_time(serve):
    server = serve(script=lambda *_: time.sleep(2))

    async def work():
        client = Client(server.url, Secrets(), Mask([]), Limits(connections=1, seconds=0.3))
        answers = await asyncio.gather(client.send(GET), client.send(GET))
        await client.close()
        return answers

    first, second = on_own_loop(work)
    assert first.failure == "no complete answer within 0.3 s"
    assert second.failure in {first.failure, "no connection was free within 0.3 s"}  # it may be free at the last moment


def test_a_cancelled_request_closes_its_connection_and_frees_its_place(serve, whole):
    def script(connection, request):
        if b"/slow" in request:
            time.sleep(0.5)
        connection.sendall(whole(request.split()[1]))

    server = serve(script=script)

    async def work():
        client = Client(server.url, Secrets(), Mask([]), Limits(connections=1, seconds=5))
        slow = asyncio.ensure_future(client.send(Request(method="GET", target="/slow")))
        await asyncio.sleep(0.1)
        slow.cancel()
        answer = await client.send(Request(method="GET", target="/quick"))
        await client.close()
        return answer.response.body

    assert on_own_loop(work) == b"/quick"
    assert server.connections == 2


NEEDS_OPENSSL = pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificate with openssl")


@pytest.fixture
def tls_server(tmp_path):
    """Its URL, and its self-signed certificate for localhost."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [shutil.which("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "1", "-keyout", key, "-out", certificate, "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    listener = socket.create_server(("127.0.0.1", 0))

    def talk(plain):
        with suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
            while connection.recv(65536):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    def listen():
        with suppress(OSError):
            while True:
                threading.Thread(target=talk, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    yield f"https://localhost:{listener.getsockname()[1]}", certificate
    with suppress(OSError):
        listener.shutdown(socket.SHUT_RDWR)
    listener.close()


@NEEDS_OPENSSL
def test_a_certificate_that_nobody_vouches_for_is_refused(tls_server, exchange):
    [answer] = exchange(tls_server[0])
    assert (answer.response, answer.unreachable) == (None, True)
    assert answer.failure == "no connection: the certificate is refused: self-signed certificate"


@NEEDS_OPENSSL
@pytest.mark.parametrize("factory", [None, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def test_requests_go_over_tls(tls_server, monkeypatch, factory):
    url, certificate = tls_server
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    async def work():
        client = Client(url, Secrets(), Mask([]), Limits())
        answers = [await client.send(GET), await client.send(GET)]
        await client.close()
        return [answer.response and answer.response.body for answer in answers]

    assert on_own_loop(work, factory) == [b"{}", b"{}"]


def test_a_server_without_tls_is_told(exchange):
    def talk():
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=talk, daemon=True).start()
        [answer] = exchange(f"https://127.0.0.1:{listener.getsockname()[1]}", limits=Limits(seconds=5))
    assert (answer.response, answer.unreachable) == (None, True)
    assert answer.failure.startswith("no connection: TLS failed: ")
