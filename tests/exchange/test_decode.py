"""Content codings are undone within limits."""

from __future__ import annotations

import gzip
import zlib

import pytest

from errorcontract.exchange.decode import decode

LIMIT = 1000


def zipped(body):
    """Packed without a time, so that the tests have the same names in each process."""
    return gzip.compress(body, mtime=0)


@pytest.mark.parametrize(
    ("body", "coding", "plain"),
    [
        (zipped(b"ab") + zipped(b"cd"), "gzip", b"abcd"),
        (zipped(b"x" * LIMIT), "GZIP", b"x" * LIMIT),
        (zipped(b"ab") + b"what follows", "gzip", b"ab"),
        (zlib.compress(b"ab"), "deflate", b"ab"),
        (zlib.compress(b"ab")[2:-4], "deflate", b"ab"),
        (zipped(zlib.compress(b"ab")), "deflate, gzip", b"ab"),
        (b"ab", "identity", b"ab"),
        (b"", "gzip", b""),
    ],
)
def test_it_gives_the_whole_body(body, coding, plain):
    assert decode(body, coding, LIMIT) == (plain, None)


@pytest.mark.parametrize(
    ("body", "coding", "why"),
    [
        (zipped(b"x" * (LIMIT + 1)), "gzip", "expands to more than 1000 bytes"),
        (zipped(b"x" * LIMIT) + zipped(b"y"), "gzip", "expands to more than 1000 bytes"),
        (zipped(b"") * 1000, "gzip", "expands to more than 100 parts"),
        (zipped(b"ab") + zipped(b"cd")[:12], "gzip", "ends before its gzip coding does"),
        (b'{"a": 1}', "gzip", "announced as gzip but is not"),
        (b"ab", "br", "sent in the coding 'br', which was not asked for"),
        (b"ab", ", ".join(["gzip"] * 5), "sent in 5 codings one in another, of which more than 4 are not undone"),
    ],
)
def test_it_says_why_it_does_not(body, coding, why):
    assert decode(body, coding, LIMIT)[1] == why
    assert len(decode(body, coding, LIMIT)[0]) <= max(LIMIT, len(body))
