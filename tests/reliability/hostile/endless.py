"""Answers that never end, or take for ever."""

from __future__ import annotations

import socket
import time

from .server import behaviour

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LONG = 40  # seconds that a behaviour goes on; every client is gone by then
BLOCK = b"x" * 65536
GIGABYTES = 5 * 1024**3


def drip(connection: socket.socket, byte: bytes = b"x", pause: float = 1.0) -> None:
    """A byte a second."""
    for _ in range(int(LONG / pause)):
        connection.sendall(byte)
        time.sleep(pause)


@behaviour("never answers")
def _silent(connection: socket.socket, _: bytes) -> None:
    time.sleep(LONG)


@behaviour("falls silent in the head")
def _silent_in_head(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-")
    time.sleep(LONG)


@behaviour("falls silent in the body")
def _silent_in_body(connection: socket.socket, _: bytes) -> None:
    connection.sendall(OK + b"Content-Length: 100\r\n\r\n{")
    time.sleep(LONG)


@behaviour("drips its head, a byte a second")
def _drips_head(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    drip(connection)


@behaviour("drips its body, a byte a second")
def _drips_body(connection: socket.socket, _: bytes) -> None:
    connection.sendall(OK + b"Content-Length: 100000\r\n\r\n")
    drip(connection)


@behaviour("drips chunks, a byte a second")
def _drips_chunks(connection: socket.socket, _: bytes) -> None:
    connection.sendall(CHUNKED)
    drip(connection, b"1\r\nx\r\n")


@behaviour("drips interim answers")
def _drips_interim(connection: socket.socket, _: bytes) -> None:
    drip(connection, b"HTTP/1.1 102 Processing\r\n\r\n", 0.2)


@behaviour("a body without end, in chunks")
def _endless_chunks(connection: socket.socket, _: bytes) -> None:
    connection.sendall(CHUNKED)
    while True:
        connection.sendall(b"10000\r\n" + BLOCK + b"\r\n")


@behaviour("a body without end, until the connection closes")
def _endless(connection: socket.socket, _: bytes) -> None:
    connection.sendall(OK + b"\r\n")
    while True:
        connection.sendall(BLOCK)


@behaviour("a body of 5 GB, that says so")
def _gigabytes(connection: socket.socket, _: bytes) -> None:
    connection.sendall(OK + b"Content-Length: %d\r\n\r\n" % GIGABYTES)
    for _ in range(GIGABYTES // len(BLOCK)):
        connection.sendall(BLOCK)


@behaviour("a line of the head without end")
def _endless_line(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        connection.sendall(BLOCK)


@behaviour("a reason without end")
def _endless_reason(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 ")
    while True:
        connection.sendall(BLOCK)


@behaviour("headers without end")
def _endless_headers(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-A: b\r\n" * 8192)


@behaviour("interim answers without end, 100")
def _storm_of_100(connection: socket.socket, _: bytes) -> None:
    for _ in range(1000):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


@behaviour("interim answers without end, 103")
def _storm_of_103(connection: socket.socket, _: bytes) -> None:
    for _ in range(1000):
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" * 100)


@behaviour("trailers without end")
def _endless_trailers(connection: socket.socket, _: bytes) -> None:
    connection.sendall(CHUNKED + b"2\r\n{}\r\n0\r\n")
    while True:
        connection.sendall(b"X-Trailer: b\r\n" * 4096)


@behaviour("an extension of a chunk without end")
def _endless_extension(connection: socket.socket, _: bytes) -> None:
    connection.sendall(CHUNKED + b"2;")
    while True:
        connection.sendall(BLOCK)


@behaviour("chunks of one byte without end")
def _tiny_chunks(connection: socket.socket, _: bytes) -> None:
    connection.sendall(CHUNKED)
    while True:
        connection.sendall(b"1\r\nx\r\n" * 8192)
