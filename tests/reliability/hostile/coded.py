"""Bodies that expand a thousandfold, or are not what their coding says."""

from __future__ import annotations

import base64
import gzip
import socket
import zlib
from collections.abc import Callable
from functools import cache

from .server import PREPARED, behaviour, whole

MAGIC, FRAME = b"\x28\xb5\x2f\xfd", b"\x00\x58"
Maker = Callable[[], bytes]


def zeros(megabytes: int) -> bytes:
    """Nothing, and much of it."""
    return b"\0" * (megabytes * 1024 * 1024)


def raw_deflate(plain: bytes) -> bytes:
    """Deflate without the head of zlib, as some servers send it."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(plain) + packer.flush()


def zstd_of_zeros(megabytes: int) -> bytes:
    """A frame of blocks that repeat one byte: four bytes stand for 128 KiB."""
    count = megabytes * 8
    sizes = [(128 * 1024 << 3) | (1 << 1) | (number == count - 1) for number in range(count)]
    return MAGIC + FRAME + b"".join(size.to_bytes(3, "little") + b"\0" for size in sizes)


BROTLI_OF_ZEROS = base64.b64decode(
    "y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v0f////4J8AiMMCAN37P/7//8E/ARCHBQC693/8//+DfwIgDgsAdO//8g9eD/8EQBwWAOig6wE="
)
"""50 MB in 80 bytes."""


@cache
def gzipped() -> bytes:
    """50 MB in 50 KB."""
    return gzip.compress(zeros(50))


def coded(name: str, make: Maker, coding: bytes) -> None:
    """A behaviour that answers with a body in a coding. It is made when it is first asked for."""
    made = PREPARED[name] = cache(make)

    @behaviour(name)
    def talk(connection: socket.socket, _: bytes) -> None:
        connection.sendall(whole(made(), b"Content-Encoding: " + coding))


coded("expands a thousandfold, gzip", gzipped, b"gzip")
coded("expands a thousandfold, deflate", lambda: zlib.compress(zeros(50)), b"deflate")
coded("expands a thousandfold, deflate without its head", lambda: raw_deflate(zeros(50)), b"deflate")
coded("expands a thousandfold, br", lambda: BROTLI_OF_ZEROS, b"br")
coded("expands a thousandfold, zstd", lambda: zstd_of_zeros(1024), b"zstd")
coded("expands a millionfold, gzip in gzip", lambda: gzip.compress(gzip.compress(zeros(200), 1), 9), b"gzip, gzip")
coded("expands a millionfold, gzip in gzip in br", lambda: BROTLI_OF_ZEROS, b"gzip, gzip, br")
coded("a hundred codings, one in another", gzipped, b", ".join([b"gzip"] * 100))
coded("a hundred thousand members of gzip", lambda: gzip.compress(b"") * 100_000, b"gzip")
coded("says gzip and is not", lambda: b'{"a": 1}', b"gzip")
coded("gzip that breaks off", lambda: gzip.compress(b'{"a": "' + b"b" * 100_000 + b'"}')[:40], b"gzip")
coded("a coding that nobody knows", lambda: b"{}", b"\x1b[2Jrot13")
