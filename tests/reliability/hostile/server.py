"""A server with bad manners: each has a name, and is done to every request, or to those after the first few."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

Talk = Callable[[socket.socket, bytes], None]
HERE = Path(__file__).parent
HONEST = b'{"error":{"code":400,"message":"no","status":"INVALID_ARGUMENT"}}'
LEAVES = "leaves"
BEHAVIOURS: dict[str, Talk] = {}
PREPARED: dict[str, Callable[[], bytes]] = {}
"""What takes a while to make, and is to be there when the first request comes."""
AT_THE_DOOR: set[str] = set()
"""Behaviours that begin when a connection is made, before any request."""
TLS: dict[str, str] = {}
"""The certificate of each behaviour that speaks TLS."""


def behaviour(name: str, *, tls: str | None = None, at_the_door: bool = False) -> Callable[[Talk], Talk]:
    """Give a behaviour its name."""

    def named(talk: Talk) -> Talk:
        BEHAVIOURS[name] = talk
        if tls:
            TLS[name] = tls
        if at_the_door:
            AT_THE_DOOR.add(name)
        return talk

    return named


def says(name: str, *parts: bytes, then: str = "stay") -> None:
    """A behaviour that always sends the same, then stays, closes, or breaks off with a reset."""

    def talk(connection: socket.socket, _: bytes) -> None:
        for part in parts:
            connection.sendall(part)
        if then == "reset":
            reset(connection)
        elif then == "close":
            connection.shutdown(socket.SHUT_RDWR)

    BEHAVIOURS[name] = talk


def whole(body: bytes, *headers: bytes, status: bytes = b"400 Bad Request", kind: bytes = b"application/json") -> bytes:
    """A whole answer, that says how long it is."""
    lines = [b"HTTP/1.1 " + status, b"Content-Type: " + kind, b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def reset(connection: socket.socket) -> None:
    """Break the connection off with RST."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class Hostile:
    """Serves one behaviour, each connection in a thread. The first `honest` requests are answered as they should be."""

    def __init__(self, name: str, honest: int = 0, port: int = 0) -> None:
        self.name, self.honest = name, honest
        self.requests: list[bytes] = []
        self.connections = 0
        PREPARED.get(name, bytes)()
        self._listener = socket.create_server(("127.0.0.1", port), backlog=128)
        self._context = _context(TLS[name]) if name in TLS else None
        scheme = "https" if self._context else "http"
        self.port = self._listener.getsockname()[1]
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.left = threading.Event()
        self._open: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._open.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        talk = BEHAVIOURS[self.name]
        with connection, suppress(OSError):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.name in AT_THE_DOOR:
                talk(connection, b"")
                return
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            while request := read_request(connection):
                self.requests.append(request)
                if self.name == LEAVES and len(self.requests) > self.honest:
                    self._leave()
                    return
                (talk if len(self.requests) > self.honest else _honest)(connection, request)

    def _leave(self) -> None:
        """Be gone at once, as a process that ends."""
        self.stop()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.left.set()

    def stop(self) -> None:
        """Listen no more."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _honest(connection: socket.socket, _: bytes) -> None:
    connection.sendall(whole(HONEST))


BEHAVIOURS["an honest answer"] = BEHAVIOURS[LEAVES] = _honest


def _context(certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(HERE / f"{certificate}.pem")
    return context


def read_request(connection: socket.socket) -> bytes:
    """One request as it came, with a body of the length that it names."""
    received = b""
    while b"\r\n\r\n" not in received:
        if not (part := connection.recv(65536)):
            return b""
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    sizes = [line.partition(b":")[2] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = (int(sizes[0]) if sizes and sizes[0].strip().isdigit() else 0) - len(body)
    while missing > 0 and (part := connection.recv(65536)):
        received, missing = received + part, missing - len(part)
    return received
