"""What came back for a request, within limits of time and size."""

from __future__ import annotations

from dataclasses import dataclass

from errorcontract.exchange.decode import decode
from errorcontract.exchange.incoming import Incoming
from errorcontract.exchange.masking import Mask
from errorcontract.model import Response

_KEPT = 128 * 1024  # of a body that was cut; the rest tells nothing more
_PACKED = ("sent in", "announced as")
_LONGEST_CHARACTER = 4
_BEYOND = 4 * 1024  # is looked at too, so that no value is cut in two before it is hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a single exchange may take: seconds in all, bytes of body on the wire and after decoding."""

    seconds: float = 30.0
    connect_seconds: float = 10.0
    body_bytes: int = 2 * 1024 * 1024
    away_seconds: float = 120.0
    """For so long connecting is tried again, to a target that was there."""
    held_seconds: float = 180.0
    """For so long a target may ask for silence and nothing else."""
    connections: int = 16

    @classmethod
    def within(cls, seconds: float) -> Limits:
        """The limits of an exchange that takes at most that long."""
        usual = cls()
        return cls(
            seconds=seconds,
            connect_seconds=min(seconds, usual.connect_seconds),
            away_seconds=seconds / usual.seconds * usual.away_seconds,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response, or the reason why there is none.

    `unreachable`: no connection could be made at all, `final`: nor will it ever. `lost`: it ended before its time.
    `trailed`: bytes came after it that nobody asked for.
    """

    response: Response | None
    failure: str | None = None
    unreachable: bool = False
    final: bool = False
    lost: bool = False
    trailed: bool = False


def answer(incoming: Incoming, limits: Limits, mask: Mask) -> Answer:
    """What has come in as an answer: decoded, without secrets."""
    if not incoming.started:
        silence = f"no complete answer within {limits.seconds:g} s"
        return Answer(response=None, failure=mask.text(incoming.failure or silence), lost=incoming.gone)
    over, failure = _trouble(incoming, limits)
    body, undecoded = bytes(incoming.body[: limits.body_bytes]), None
    if coding := incoming.first(b"content-encoding"):
        body, undecoded = decode(body, _text(coding), limits.body_bytes)
    reason, *head = mask.texts([_text(incoming.reason), *(_text(part) for pair in incoming.headers for part in pair)])
    response = Response(
        status=incoming.status,
        reason=reason,
        headers=tuple(zip(head[::2], head[1::2], strict=True)),
        body=_kept(body, mask, undecoded) if over or undecoded or failure else mask.bytes(body),
        cut=over or failure or undecoded,
        surplus=incoming.surplus,
    )
    lost = incoming.gone and failure is not None
    return Answer(response=response, failure=failure, lost=lost, trailed=incoming.trailed)


def _trouble(incoming: Incoming, limits: Limits) -> tuple[str | None, str | None]:
    """Why the body was not read to its end, and why it has none."""
    if incoming.over:
        return f"longer than {limits.body_bytes} bytes; the rest was not read", None
    if incoming.timed_out:
        return None, f"the body did not end within {limits.seconds:g} s"
    return None, None if incoming.complete else "the connection ended before the body was complete"


def _kept(body: bytes, mask: Mask, undecoded: str | None) -> bytes:
    """The start of a body that was cut. Of one that stays packed nothing: nobody can tell what is hidden in it."""
    if undecoded and undecoded.startswith(_PACKED) and not _is_text(body[:_KEPT]):
        return b""
    return mask.bytes(body[: _KEPT + _BEYOND])[:_KEPT]


def _is_text(body: bytes) -> bool:
    """Whether it can be read as it is, but for a character that was cut in two."""
    return "\ufffd" not in body.decode("utf-8", "replace")[:-_LONGEST_CHARACTER]


def _text(raw: bytes) -> str:
    if raw.isascii():
        return raw.decode()
    return raw.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode()
