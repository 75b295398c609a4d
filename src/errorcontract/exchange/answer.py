"""What came back for a request, within limits of time and size."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.exchange.decode import decode
from errorcontract.exchange.incoming import Incoming
from errorcontract.exchange.mask import Mask
from errorcontract.model import Response

_KEPT = 128 * 1024  # of a body that was cut; the rest tells nothing more


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a single exchange may take: seconds in all, bytes of body on the wire and after decoding."""

    seconds: float = 30.0
    connect_seconds: float = 10.0
    body_bytes: int = 2 * 1024 * 1024
    connections: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response, or the reason why there is none. `unreachable`: no connection could be made at all."""

    response: Response | None
    failure: str | None = None
    unreachable: bool = False


def answer(incoming: Incoming, limits: Limits, mask: Mask) -> Answer:
    """What has come in as an answer: decoded, without secrets."""
    if not incoming.started:
        return Answer(response=None, failure=incoming.failure or f"no complete answer within {limits.seconds:g} s")
    over, failure = _trouble(incoming, limits)
    body, undecoded = b"".join(incoming.body)[: limits.body_bytes], None
    if coding := incoming.first(b"content-encoding"):
        body, undecoded = decode(body, _text(coding), limits.body_bytes)
    hide = mask.text
    response = Response(
        status=incoming.status,
        reason=hide(_text(incoming.reason)),
        headers=tuple([(_text(name), hide(_text(value))) for name, value in incoming.headers]),
        body=mask.bytes(body[:_KEPT] if over or undecoded else body),
        cut=over or failure or undecoded,
        surplus=incoming.surplus,
    )
    return Answer(response=response, failure=failure)


def _trouble(incoming: Incoming, limits: Limits) -> tuple[str | None, str | None]:
    """Why the body was not read to its end, and why it has none."""
    if incoming.over:
        return f"longer than {limits.body_bytes} bytes; the rest was not read", None
    if incoming.timed_out:
        return None, f"the body did not end within {limits.seconds:g} s"
    return None, None if incoming.complete else "the connection ended before the body was complete"


def _text(raw: bytes) -> str:
    if raw.isascii():
        return raw.decode()
    return raw.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()
