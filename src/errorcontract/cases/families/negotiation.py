"""Does an error stay in the envelope whatever the caller asks for?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from errorcontract.cases.kit import Kit
from errorcontract.cases.promises import either
from errorcontract.model import Case, Request

_HEADERS = (
    ("Accept", "text/html"),
    ("Accept", "application/xml"),
    ("Accept-Language", "ar"),
    ("X-Request-Id", "made-up-by-the-caller"),
    ("X-HTTP-Method-Override", "DELETE"),
    ("Accept-Charset", "iso-8859-6"),
    ("If-None-Match", "*"),
)


def cases(kit: Kit) -> Iterator[Case]:
    """A request for nothing, with one header changed."""
    for rank, (name, value) in enumerate(_HEADERS):
        yield kit.single(
            "negotiation",
            None,
            f"{name}: {value}",
            partial(_request, kit, name, value),
            either("unknown-route"),
            cause="unknown-route",
            tells=78 if rank == 0 else 63 - 4 * rank,
        )


def _request(kit: Kit, name: str, value: str) -> Request:
    plain = kit.build.plain("GET", f"{kit.contract.prefix}/no-such-thing")
    rest = tuple(header for header in plain.headers if header[0] != name)
    return Request(method=plain.method, target=plain.target, headers=(*rest, (name, value)))
