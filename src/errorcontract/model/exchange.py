"""One request as sent with the response as received."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

Headers = tuple[tuple[str, str], ...]

HIDDEN = "***credential***"
"""Stands where a credential stood in what a target answered, if it has no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request relative to the target's base URL.

    `target` is the origin form (path and query, percent-encoded); `operation` is the
    operationId it was made for, None for a route that the contract does not document.
    `source` is a loopback address to send from, None for the usual one.
    """

    method: str
    target: str = field(repr=False)  # what a traceback shows tells nothing private
    headers: Headers = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)
    operation: str | None = None
    source: str | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header, by case-insensitive name."""
        return first_header(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A response after removal of its content coding, its body cut at the run's limit."""

    status: int
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)
    reason: str = field(default="", repr=False)
    cut: str | None = None
    """Why the body is not whole: over the size limit, expanding too far, unknown coding. None: it is whole."""
    surplus: bool = False
    """Whether bytes followed an answer to which no body belongs: 204, 304, one to HEAD."""

    def header(self, name: str) -> str | None:
        """The first value of a header, by case-insensitive name."""
        return first_header(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request with its response, or with the reason why there is none.

    `step` names its role in the case; `started` is seconds since the epoch, `seconds` the duration.
    """

    number: int
    case: str
    step: str
    request: Request
    response: Response | None
    failure: str | None = None
    started: float = 0.0
    seconds: float = 0.0


def hidden(name: str) -> str:
    """Stands where the credential of that name stood."""
    return f"{HIDDEN[:-3]}:{name}***"


def answer_of(exchange: Exchange | None, *, refused: bool = False) -> Any:
    """The JSON of a success answer, or with `refused` of any answer; None where there is none."""
    response = exchange.response if exchange else None
    try:
        wanted = response is not None and (refused or 200 <= response.status < 300)  # noqa: PLR2004
        return json.loads(response.body) if response and wanted else None
    except (ValueError, RecursionError):
        return None


def first_header(headers: Headers, name: str) -> str | None:
    """The first value among headers whose name matches, ignoring case."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)
