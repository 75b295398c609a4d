"""Lies about where an answer ends, and heads that are none."""

from __future__ import annotations

import socket
import time

from .server import behaviour, reset, says, whole

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
SMUGGLED = whole(b'{"smuggled": true}', status=b"200 OK")

says("promises more than it sends", OK + b"Content-Length: 100\r\n\r\n{}", then="close")
says("sends more than it promised", OK + b"Content-Length: 2\r\n\r\n{}{}{}{}")
says("a negative length", OK + b"Content-Length: -5\r\n\r\n{}")
says("two lengths", OK + b"Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}")
says("two lengths in one line", OK + b"Content-Length: 2, 5\r\n\r\n{}")
says("a length that overflows", OK + b"Content-Length: 18446744073709551618\r\n\r\n{}", then="close")
says("a length in hexadecimal", OK + b"Content-Length: 0x2\r\n\r\n{}")
says("a length and chunks", OK + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
says("chunks twice", OK + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", then="close")
says("a coding of the transfer that nobody knows", OK + b"Transfer-Encoding: xchunked\r\n\r\n{}", then="close")
says("a chunk whose size overflows", CHUNKED + b"FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")
says("a huge chunk that does not come", CHUNKED + b"7FFFFFFFFFFFFFF\r\n{}", then="close")
says("a chunk whose size is none", CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n")
says("a negative chunk", CHUNKED + b"-2\r\n{}\r\n0\r\n\r\n")
says("no last chunk", CHUNKED + b"2\r\n{}\r\n", then="close")
says("chunks without line breaks", CHUNKED + b"2{}0", then="close")
says("a second answer at once", whole(b"{}") + SMUGGLED)
says("closes without an answer", then="close")
says("closes in the status line", b"HTTP/1.1 2", then="close")
says("closes in the head", b"HTTP/1.1 200 OK\r\nContent-Le", then="close")
says("closes after the head", OK + b"Content-Length: 2\r\n\r\n", then="close")
says("closes in the body", OK + b"Content-Length: 10\r\n\r\n{", then="close")
says("resets without an answer", then="reset")
says("resets in the head", b"HTTP/1.1 200 OK\r\nContent-Le", then="reset")
says("resets in the body", OK + b"Content-Length: 10\r\n\r\n{", then="reset")
says("HTTP/1.0", b'HTTP/1.0 400 Bad\r\nContent-Type: application/json\r\n\r\n{"error": 1}', then="close")
says("HTTP/0.9", b"<html>hello</html>", then="close")
says("another protocol", b"SSH-2.0-OpenSSH_9.6\r\n")
says("HTTP/2", b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64")
says("HTTP/9.9", b"HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}")
says("a status of five digits", b"HTTP/1.1 20000 OK\r\nContent-Length: 2\r\n\r\n{}")
says("the status 000", b"HTTP/1.1 000 No\r\nContent-Length: 2\r\n\r\n{}")
says("the status 999", b"HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\n{}")
says("changes the protocol", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n\0\0\0")
says("a million headers", b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 1_000_000 + b"\r\n")
says("a header line of 1 MB", OK + b"X-Long: " + b"y" * 1_000_000 + b"\r\nContent-Length: 2\r\n\r\n{}")
says("a name of 1 MB in the head", OK + b"X" * 1_000_000 + b": y\r\nContent-Length: 2\r\n\r\n{}")
says("a folded header", OK + b"X-A: b\r\n c\r\nContent-Length: 2\r\n\r\n{}")
says("a header without a colon", OK + b"this is no header\r\nContent-Length: 2\r\n\r\n{}")
says("a space before the colon", OK + b"Content-Length : 2\r\n\r\n{}", then="close")
says("NUL in a header", OK + b"X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}")
says("lines that end with LF alone", b"HTTP/1.1 400 Bad\nContent-Type: application/json\nContent-Length: 2\n\n{}")


@behaviour("a second answer a moment later")
def _late(connection: socket.socket, _: bytes) -> None:
    connection.sendall(whole(b"{}"))
    time.sleep(0.0005)
    connection.sendall(SMUGGLED)


@behaviour("answers before it has read the request", at_the_door=True)
def _early(connection: socket.socket, _: bytes) -> None:
    connection.sendall(whole(b"{}"))
    time.sleep(0.05)
    reset(connection)
