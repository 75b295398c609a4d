"""Answers that lead elsewhere, and TLS that breaks off."""

from __future__ import annotations

import os
import socket
import time

from .server import behaviour, reset, says, whole

says("redirects in a loop", whole(b"", b"Location: /", status=b"302 Found"))
says("redirects to another host", whole(b"", b"Location: http://127.0.0.2:9/", status=b"307 Temporary Redirect"))
says("redirects to a file", whole(b"", b"Location: file:///etc/passwd", status=b"301 Moved"))
says("redirects into a script", whole(b"", b"Location: javascript:canary()", status=b"308 Moved"))
says("redirects to nowhere", whole(b"", b"Location: http://[::1/\x1b[2J", status=b"303 See Other"))
says(
    "cookies for others",
    whole(
        b'{"error":{"code":400,"message":"no","status":"INVALID_ARGUMENT"}}',
        b"Set-Cookie: canary=1; Domain=.example.com; Path=/",
        b"Set-Cookie: canary=2; Domain=127.0.0.1",
        b"Set-Cookie: canary=3",
    ),
)
says("asks for other credentials", whole(b"", b'WWW-Authenticate: Basic realm="a"', status=b"401 Unauthorized"))
says("waits for days", whole(b"{}", b"Retry-After: 99999999999999999999", status=b"429 Too Many Requests"))


@behaviour("TLS that ends in the handshake", tls="good", at_the_door=True)
def _ends(connection: socket.socket, _: bytes) -> None:
    connection.recv(10)
    connection.shutdown(socket.SHUT_RDWR)


@behaviour("TLS that is reset in the handshake", tls="good", at_the_door=True)
def _is_reset(connection: socket.socket, _: bytes) -> None:
    connection.recv(10)
    reset(connection)


@behaviour("TLS that falls silent in the handshake", tls="good", at_the_door=True)
def _falls_silent(connection: socket.socket, _: bytes) -> None:
    time.sleep(40)


@behaviour("TLS that is garbage", tls="good", at_the_door=True)
def _garbage(connection: socket.socket, _: bytes) -> None:
    connection.sendall(os.urandom(1000))
    time.sleep(0.5)


@behaviour("TLS that ends in the body", tls="good")
def _ends_in_the_body(connection: socket.socket, _: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    os.close(connection.detach())  # without the alert that says that nothing follows


@behaviour("a certificate that nobody vouches for", tls="good")
def _self_signed(connection: socket.socket, _: bytes) -> None:
    connection.sendall(whole(b"{}"))


@behaviour("a certificate that has expired", tls="expired")
def _expired(connection: socket.socket, _: bytes) -> None:
    connection.sendall(whole(b"{}"))
