"""A target that answers without an end, or with far too much, ends the run soon, cleanly and with little on disk."""

from __future__ import annotations

import gzip
import socket
import time
from contextlib import suppress

import pytest

from errorcontract.errors import TargetError
from errorcontract.exchange import Limits
from errorcontract.model import Request

SECONDS = 0.9
BOMB = gzip.compress(b"\0" * 50_000_000)
CODED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB)


def silent(connection, _):
    time.sleep(3)


def half_silent(connection, _):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    time.sleep(3)


def silent_in_the_head(connection, _):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-")
    time.sleep(3)


def dripping(connection, _):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(60):
        connection.sendall(b"x")
        time.sleep(0.05)


def dripping_in_the_head(connection, _):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(60):
        connection.sendall(b"x")
        time.sleep(0.05)


def endless(connection, _):
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def bomb(connection, _):
    connection.sendall(CODED + BOMB)


def many_headers(connection, _):
    head = b"".join(b"X-%d: y\r\n" % number for number in range(200_000))
    connection.sendall(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n")


def one_long_header(connection, _):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: " + b"y" * 10_000_000 + b"\r\n\r\n")


def interim_for_ever(connection, _):
    while True:
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)


def no_http(connection, _):
    connection.sendall(b"SSH-2.0-Server\r\n")


def closing(connection, _):
    connection.shutdown(socket.SHUT_RDWR)


HOSTILE = [
    (silent, "no complete answer within 0.3 s"),
    (half_silent, "the body did not end within 0.3 s"),
    (silent_in_the_head, "no complete answer within 0.3 s"),
    (dripping, "the body did not end within 0.3 s"),
    (dripping_in_the_head, "no complete answer within 0.3 s"),
    (endless, "longer than 2097152 bytes"),
    (bomb, "expands to more than 2097152 bytes"),
    (many_headers, "the answer's header section is larger than"),
    (one_long_header, "the answer's header section is larger than"),
    (interim_for_ever, "the answer is not HTTP"),
    (no_http, "the answer is not HTTP"),
    (closing, "the connection was closed without an answer"),
]


@pytest.mark.parametrize(("script", "told"), HOSTILE, ids=lambda value: getattr(value, "__name__", ""))
def test_a_hostile_target_ends_the_run_after_a_few_answers(
    serve, play, case, journal_path, journal_lines, script, told
):
    def hostile(connection, request):
        with suppress(OSError):
            script(connection, request)

    server, clock = serve(script=hostile), time.monotonic()
    with pytest.raises(TargetError, match=f"the target (hangs|gives no whole answer): {told}"):
        play(server.url, *[case(str(number), "/", alone=True) for number in range(50)], limits=Limits(seconds=SECONDS))
    assert time.monotonic() - clock < 15
    assert len([line for line in journal_lines() if line["type"] == "exchange"]) <= 3
    assert journal_path.stat().st_size < 400_000


def test_a_connection_that_nobody_takes_is_told_with_the_time_it_got(exchange):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        waiting = []
        for _ in range(4):  # what the listener's queue can hold
            waiting.append(socket.socket())
            waiting[-1].settimeout(0)
            waiting[-1].connect_ex(("127.0.0.1", port))
        limits = Limits(seconds=20, connect_seconds=0.4)
        [answer] = exchange(f"http://127.0.0.1:{port}", Request(method="GET", target="/"), limits=limits)
        for one in waiting:
            one.close()
    assert answer.unreachable
    assert answer.failure == "no connection: none within 0.4 s"
