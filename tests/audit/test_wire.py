"""The scripted server speaks HTTP as clients need it, and loses answers as networks do."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

ORDER = b'{"ref": "order-1"}'
POST = b"POST /v3/mobile/send HTTP/1.1\r\nHost: x\r\nContent-Length: 18\r\n\r\n" + ORDER
GET = b"GET /v3/account/balance HTTP/1.1\r\nHost: x\r\n\r\n"
CLOSE = b"GET /v3/account/balance HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def test_a_connection_serves_many_requests(serve):
    server = serve("success")
    answers = server.ask(GET + GET + CLOSE)
    assert answers.count(b"HTTP/1.1 200 OK") == 3
    assert len(server.heard) == 3


def test_a_request_may_come_byte_by_byte(serve):
    server = serve("success")
    with server.connect() as connection:
        for byte in POST:
            connection.sendall(bytes([byte]))
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK")
    assert server.heard[0].request.body == ORDER


def test_a_body_may_be_chunked(serve):
    server = serve("success")
    head = b"POST /v3/mobile/send HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    chunks = b"8\r\n" + ORDER[:8] + b"\r\na\r\n" + ORDER[8:] + b"\r\n0\r\n\r\n"
    assert server.ask(head + chunks).startswith(b"HTTP/1.1 200")
    assert server.heard[0].request.body == ORDER


def test_a_client_that_asks_for_leave_to_send_its_body_gets_it(serve):
    server = serve("success")
    with server.connect() as connection:
        head, _, body = POST.partition(b"\r\n\r\n")
        connection.sendall(head + b"\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(body)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK")


def test_a_client_of_http_1_0_is_answered_and_left(serve):
    answer = serve("success").ask(b"GET /v3/account/balance HTTP/1.0\r\n\r\n")
    assert b"Connection: close" in answer
    assert b'"balance"' in answer


def test_head_has_the_length_of_a_body_and_none(serve):
    answer = serve("success").ask(CLOSE.replace(b"GET", b"HEAD"))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"Content-Length: 0" not in head
    assert body == b""


def test_an_offer_of_another_protocol_is_not_taken(serve):
    offer = GET.replace(b"\r\n\r\n", b"\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n")
    assert serve("success").ask(offer).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize(
    "said", [b"\x16\x03\x01\x02\x00\x01", b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"x" * 300_000], ids=len
)
def test_what_is_no_http_is_refused_and_forgotten(serve, said):
    server = serve("success")
    with server.connect() as connection:
        connection.sendall(said)
        assert connection.recv(65536).startswith(b"HTTP/1.1 400")
    assert server.heard == []


def test_many_clients_are_served_at_once(serve):
    server = serve("success")
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(lambda _: server.ask(CLOSE), range(30)))
    assert all(answer.startswith(b"HTTP/1.1 200") for answer in answers)
    assert len(server.heard) == 30


def test_a_lost_answer_is_a_closed_connection(serve):
    server = serve("lost-once")
    assert server.ask(POST) == b""
    assert server.ask(POST).startswith(b"HTTP/1.1 200")
    assert [one.reply.how for one in server.heard] == ["closed", "whole"]


def test_a_reset_is_a_reset(serve):
    with serve("reset-once").connect() as connection:
        connection.sendall(POST)
        with pytest.raises(ConnectionResetError):
            connection.recv(65536)


def test_a_partial_answer_ends_before_its_length(serve):
    answer = serve("partial-once").ask(POST)
    head, _, body = answer.partition(b"\r\n\r\n")
    length = next(int(line.partition(b":")[2]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length"))
    assert 0 < len(body) < length


def test_a_client_that_leaves_in_the_middle_harms_nobody(serve):
    server = serve("success")
    for said in (b"", b"GET", POST[:-5]):
        with server.connect() as connection:
            connection.sendall(said)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert server.ask(CLOSE).startswith(b"HTTP/1.1 200")
